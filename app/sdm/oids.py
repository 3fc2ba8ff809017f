"""The coding systems of the SDM-MR, each named once, and what their codes look like.

`system_of` finds the system of a code that was typed without it: "HP:0001250" is HPO, "R26.0" is CIM-10.
"""

from __future__ import annotations

import re

TA_ASIP = "1.2.250.1.213.1.1.4.322"
SNOMED_CT = "2.16.840.1.113883.6.96"
SNOMED_35 = "1.2.250.1.213.2.12"
LOINC = "2.16.840.1.113883.6.1"
CIM_10 = "2.16.840.1.113883.6.3"

ORPHA_DISEASES = "1.2.250.1.213.2.49.1"
ORPHA_GROUPS = "1.2.250.1.213.2.49.2"
HPO = "1.2.250.1.213.2.51"
HGNC = "2.16.840.1.113883.4.642.2.468"
HGNC_JDV = "2.16.840.1.113883.6.281"
"""Examples use HGNC, JDV_Gene_CISIS the other: the same genes under two roots, both are read."""
EMEA = "1.2.250.1.213.2.50"
ATC = "2.16.840.1.113883.6.73"
ICF = "2.16.840.1.113883.6.254"

ADMINISTRATIVE_GENDER = "2.16.840.1.113883.5.1"
ACT_CODE = "2.16.840.1.113883.5.4"
ROLE_CODE = "2.16.840.1.113883.5.111"
PROFESSIONS = "1.2.250.1.213.1.1.4.5"
PROFESSIONS_SOCIAL = "1.2.250.1.213.1.6.1.4"
PROFESSIONS_OTHER = "1.2.250.1.213.1.6.1.107"
PROFESSIONS_TITLE = "1.2.250.1.213.1.6.1.109"
ACTIVITY_MODES = "1.2.250.1.213.3.3.13"
HEALTH_STATUS_2021 = "1.2.250.1.213.1.1.4.2.286"
OBSTETRICS_2021 = "1.2.250.1.213.1.1.4.2.289"

COUNTRIES = "1.0.3166.2.2.2"
COMMUNES = "urn:insee:cog"
"""No CDA names a system for communes: documents carry the bare COG code."""
SDM_V2 = "urn:bamara:sdm-mr-v2"
"""Our own lists, for the items of the SDM-MR V2 that no published list codes yet."""
RECUEILS = "urn:bamara:recueils"
"""Our own lists, for the complementary collections."""

SITES = "1.2.250.1.213.2.61"
STRUCTURES = "1.2.250.1.71.4.2.2"

CODE_FORMS = {
    HPO: re.compile(r"HP:\d{7}"),
    HGNC: re.compile(r"HGNC:\d+"),
    ORPHA_DISEASES: re.compile(r"\d{1,9}"),
    ORPHA_GROUPS: re.compile(r"\d{1,9}"),
    CIM_10: re.compile(r"[A-Z]\d{2}(\.?[\d+\-]{1,4})?"),
    EMEA: re.compile(r"EM[AE]A?/.+"),
    ATC: re.compile(r"[A-Z]\d{2}([A-Z]([A-Z](\d{2})?)?)?"),
    ICF: re.compile(r"[bsde]\d{1,5}([.+]\d+)*"),
    COMMUNES: re.compile(r"\d[\dAB]\d{3}"),
    COUNTRIES: re.compile(r"[A-Z]{2}"),
}
EXAMPLES = {
    ORPHA_DISEASES: "558 (Orphanet)",
    HPO: "HP:0001250",
    HGNC: "HGNC:3603",
    EMEA: "EMEA/H/C/002221",
    ATC: "L01BC08",
    ICF: "b117.3",
    COMMUNES: "75056",
    COUNTRIES: "FR",
}
"""What to write instead of what is no code."""


def system_of(code: str, systems: tuple[str, ...]) -> str:
    """The first of `systems` whose codes look like this one, else the first of all."""
    for system in systems:
        form = CODE_FORMS.get(system)
        if form and form.fullmatch(code):
            return system
    return systems[0]
