"""Where each item of the SDM-MR stands in a document, in each generation: the published structure, as a table.

One row per item: its name, how its value is read, its path from the element the table is about. Gen 1 is 2021.01 and
2022.01, gen 2 is 2024.01 and 2025.01. The grammar of paths is in `walk.py`; items that no single path can say
(consents, consanguinity, death by the disease, assisted reproduction by presence) are read in `statements.py`.
Those of the repeated blocks are in `block_paths.py`.
"""

from __future__ import annotations

from app.cda.values import (
    code,
    date,
    extension,
    identifier,
    name,
    narrative,
    number,
    paragraphs,
    quantity,
    stated,
    text,
    yes_no,
)
from app.cda.walk import Row, Table, both, table

EMEA = "1.2.250.1.213.2.50"
ATC = "2.16.840.1.113883.6.73"

_ROLE = "recordTarget/patientRole"
_PATIENT = f"{_ROLE}/patient"
_BIRTHPLACE = f"{_PATIENT}/birthplace/place/addr"
_GP = "participant[functionCode=PCP]/associatedEntity"
_MOTHER = "informant/relatedEntity[code=MTH]/relatedPerson/name"
_SUBJECT = "subject/relatedSubject/subject"
_DRUG = "consumable/manufacturedProduct/manufacturedMaterial"


def _entry(question: str) -> str:
    return f"entry/observation[code={question}]/value"


HEADER: Table = table(
    "patient",
    both("birth_family_name", text, f"{_PATIENT}/name/family[@qualifier=BR]"),
    both("used_family_name", text, f"{_PATIENT}/name/family[@qualifier=CL]"),
    Row("marital_family_name", text, gen1=f"{_PATIENT}/name/family[@qualifier=SP]"),
    both("birth_first_given_name", text, f"{_PATIENT}/name/given[@qualifier=BR]"),
    both("birth_given_names", text, f"{_PATIENT}/name/given[@qualifier=]", joined=" "),
    both("used_given_name", text, f"{_PATIENT}/name/given[@qualifier=CL]"),
    both("sex", code, f"{_PATIENT}/administrativeGenderCode"),
    both("birth_date", date, f"{_PATIENT}/birthTime"),
    both("birth_commune_code", code, f"{_BIRTHPLACE}/county"),
    both("birth_commune_label", text, f"{_BIRTHPLACE}/city"),
    Row("birth_country_code", code, gen2=f"{_BIRTHPLACE}/state"),
    Row("multiple_birth", yes_no, gen2=f"{_PATIENT}/sdtc:multipleBirthInd"),
    Row("multiple_birth_order", number, gen2=f"{_PATIENT}/sdtc:multipleBirthOrderNumber"),
    Row("deceased", yes_no, gen2=f"{_PATIENT}/sdtc:deceasedInd"),
    Row("death_date", date, gen2=f"{_PATIENT}/sdtc:deceasedTime"),
    both("residence_house_number", text, f"{_ROLE}/addr/houseNumber"),
    both("residence_street", text, f"{_ROLE}/addr/streetName"),
    both("residence_unit", text, f"{_ROLE}/addr/unitID"),
    both("residence_postal_code", text, f"{_ROLE}/addr/postalCode"),
    Row("residence_commune_code", code, gen2=f"{_ROLE}/addr/county"),
    both("residence_commune_label", text, f"{_ROLE}/addr/city"),
    Row("residence_country_code", code, gen2=f"{_ROLE}/addr/state"),
    both("residence_country_label", text, f"{_ROLE}/addr/country"),
    both("telecom", stated, f"{_ROLE}/telecom"),
    both("guardian_name", name, f"{_PATIENT}/guardian/guardianPerson/name"),
    both("gp_rpps", extension, f"{_GP}/id"),
    both("gp_name", name, f"{_GP}/associatedPerson/name"),
    Row("gp_since", date, gen2="participant[functionCode=PCP]/time"),
    Row("mother_birth_family_name", text, gen2=f"{_MOTHER}/family[@qualifier=BR]"),
    Row("mother_birth_first_given_name", text, gen2=f"{_MOTHER}/given[@qualifier=BR]"),
)
"""From ClinicalDocument. Country codes stand in addr/state, commune codes in addr/county (identifiers, §1)."""

SECTIONS: dict[str, Table] = {
    "2.66": table(
        "patient",
        Row("opposition_date", date, gen2=_entry("GEN-316")),
        Row("lost_to_follow_up", yes_no, gen2=_entry("PAT-061")),
    ),
    "2.118": table(
        "patient",
        Row("assisted_reproduction_date", date, gen1="entry/procedure[code=MED-075]/effectiveTime"),
    ),
    "2.163": table(
        "patient",
        both("antenatal_malformation", code, _entry("MED-078")),
        Row("term_precision_weeks", quantity("wk"), gen1=_entry("MED-077")),
        Row("gestational_age_weeks", quantity("wk"), gen2=_entry("11884-4")),
    ),
    "2.75": table(
        "patient",
        both("birth_weight", quantity("g"), "entry/organizer/component/observation[code=29463-7]/value"),
        both("birth_length", quantity("cm"), "entry/organizer/component/observation[code=8302-2]/value"),
        both("birth_head_circumference", quantity("cm"), "entry/organizer/component/observation[code=8287-5]/value"),
    ),
    "2.151": table(
        "patient",
        Row("in_protocol", yes_no, gen1=_entry("PAT-023")),
        Row("contact_for_protocol", yes_no, gen1=_entry("PAT-012")),
        Row("sample_for_research", yes_no, gen1=_entry("MED-065")),
        Row("sample_for_molecular_diagnosis", yes_no, gen1=_entry("MED-066")),
    ),
    "2.250": table(
        "patient",
        Row("contact_for_protocol", yes_no, gen2=_entry("PAT-012")),
        Row("sample_for_research", yes_no, gen2=_entry("MED-065")),
        Row("sample_for_molecular_diagnosis", yes_no, gen2=_entry("MED-066")),
        Row("biobank", narrative, gen2=f"{_entry('GEN-344')}/originalText"),
    ),
}
"""Items of the patient, by the section that holds them (templates 1.2.250.1.213.1.1.2.…), from that section."""

TECHNICAL: Table = table(
    None,
    both("dossier_id", identifier, "entry/observation[code=GEN-164]/id"),
    both("dossier_created_on", date, _entry("GEN-164")),
    both("dossier_updated_on", date, _entry("GEN-165")),
)
"""From section 2.66. Not part of the comparison of documents (N1)."""

PROPOSITUS: Table = table(
    "patient.propositus",
    both("propositus_id", extension, f"{_SUBJECT}/sdtc:id"),
    both("propositus_relationship", code, "subject/relatedSubject/code"),
    both("propositus_sex", code, f"{_SUBJECT}/administrativeGenderCode"),
    Row("propositus_disease", code, gen2="component/observation[code=404684003]/value"),
    Row("propositus_comment", paragraphs, gen1="component/observation/value"),
)
"""From section 2.139, entry/organizer: one per first case of the family."""

ICF_EVALUATION: Table = table(
    "patient.icf_evaluations",
    Row("icf_score_date", date, gen2="effectiveTime"),
    Row("icf_score", code, gen2="value"),
)
"""From section 2.246, entry/organizer/component/observation: one per score."""

TREATMENT: Table = table(
    "patient.treatments",
    Row("treatment_drug_emea", code, gen1=f"{_DRUG}/code[@codeSystem={EMEA}]"),
    Row("treatment_drug_emea", code, gen1=f"{_DRUG}/code/translation[@codeSystem={EMEA}]"),
    Row("treatment_atc", code, gen1=f"{_DRUG}/code/translation[@codeSystem={ATC}]"),
    Row("treatment_name", text, gen1=f"{_DRUG}/name"),
    Row("treatment_start", date, gen1="effectiveTime/low"),
    Row("treatment_end", date, gen1="effectiveTime/high"),
)
"""From section 2.54, entry/substanceAdministration. 2021.01 has the EMEA code in `code`, 2022.01 in a translation."""

LISTS: dict[str, tuple[str, str, Table]] = {
    "propositus": ("2.139", "entry/organizer", PROPOSITUS),
    "icf_evaluations": ("2.246", "entry/organizer/component/observation", ICF_EVALUATION),
    "treatments": ("2.54", "entry/substanceAdministration", TREATMENT),
}
"""Grouped lists of the patient (G2): where their entries stand."""
