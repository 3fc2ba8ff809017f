"""The hospitals of the demonstration and their sites."""

from __future__ import annotations

from dataclasses import dataclass

from app.structures.sites import add_site
from app.tenants.directory import UnknownHospital, find_hospital
from app.tenants.hospital import Hospital
from app.tenants.open import open_hospital

Site = tuple[str, str, str, str]
"""Code, label, kind, filière."""


@dataclass(frozen=True, slots=True)
class Described:
    code: str
    name: str
    finess: tuple[str, ...]
    ipp_oid: str
    fetus_oid: str
    sites: tuple[Site, ...]
    test_site: bool = False


H001 = Described(
    "H001",
    "Hôpital Robert-Debré (démonstration)",
    ("750803454", "750803447", "101238887"),
    "1.2.3.4.567.8.9.10",
    "1.2.3.4.567.8.9.11",
    (
        ("S001", "ADIdF [COO] VERLOES", "crmr_coo", "ANDDI-RARES"),
        ("S002", "DEFISCIENCE [CST] NEUROPÉDIATRIE", "crmr_cst", "DEFISCIENCE"),
        ("S003", "MCGRE [CCMR] DRÉPANOCYTOSE", "ccmr", "MCGRE"),
        ("S004", "FIRENDO [COO] CROISSANCE", "crmr_coo", "FIRENDO"),
        ("S005", "MUCO [CRC] MUCOVISCIDOSE", "crc", "MUCO-CFTR"),
        ("S006", "ORKID [CCMR] NÉPHROLOGIE", "ccmr", "ORKID"),
    ),
    test_site=True,
)
H002 = Described(
    "H002",
    "Hospices des Trois-Rivières (démonstration)",
    ("690999010",),
    "1.2.250.1.999.1.1",
    "1.2.250.1.999.1.2",
    (
        ("S101", "TROIS-RIVIÈRES [CRMR] MARFAN", "crmr_cst", "FAVA-MULTI"),
        ("S102", "TROIS-RIVIÈRES [CCMR] SLA", "ccmr", "FILSLAN"),
    ),
    test_site=True,
)
H003 = Described(
    "H003",
    "Centre hospitalier du Littoral (démonstration)",
    ("290999021",),
    "1.2.250.1.999.3.1",
    "1.2.250.1.999.3.2",
    (("S201", "LITTORAL [CCMR] GÉNÉTIQUE", "ccmr", "ANDDI-RARES"),),
)
HOSPITALS = {described.code: described for described in (H001, H002, H003)}


def hospital_of_the_demo(code: str) -> Hospital:
    """The hospital, opened with its sites when it is not there yet. Raises UnknownHospital for a code that the
    demonstration does not have."""
    try:
        return find_hospital(code)
    except UnknownHospital:
        if code not in HOSPITALS:
            raise
    return open_described(HOSPITALS[code])


def numbered_hospital(number: int) -> Hospital:
    """H001, H002…, as many as are asked for: opened when it is not there yet."""
    try:
        return hospital_of_the_demo(f"H{number:03}")
    except UnknownHospital:
        return open_described(_another(number))


def open_described(described: Described) -> Hospital:
    """Opens it; its sites get their kind and their filière."""
    named = [(site, label) for site, label, _, _ in described.sites]
    open_hospital(
        described.code,
        described.name,
        described.finess,
        described.ipp_oid,
        described.fetus_oid,
        described.test_site,
        sites=named,
    )
    for site, label, kind, filiere in described.sites:
        add_site(described.code, site, label, kind, filiere)
    return find_hospital(described.code)


def _another(number: int) -> Described:
    oid = f"1.2.250.1.999.{number}"
    sites = (("S001", "GÉNÉTIQUE [CCMR]", "ccmr", "ANDDI-RARES"), ("S002", "NEUROLOGIE [CCMR]", "ccmr", "BRAIN-TEAM"))
    name = f"Hôpital de démonstration {number}"
    return Described(f"H{number:03}", name, (f"99{number:07}",), f"{oid}.1", f"{oid}.2", sites)
