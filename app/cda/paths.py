"""Where each item of the SDM-MR stands in a document, in each generation: the published structure, as a table.

One row per item: its name, how its value is read, its path from the element the table is about. Gen 1 is 2021.01 and
2022.01, gen 2 is 2024.01 and 2025.01. The grammar of paths is in `walk.py`; items that no single path can say
(consents, consanguinity, death by the disease, assisted reproduction by presence) are read in `statements.py`.
"""

from __future__ import annotations

from app.cda.values import (
    code,
    date,
    extension,
    identifier,
    label,
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

SITE_ROOT = "1.2.250.1.213.2.61"
FINESS_ROOT = "1.2.250.1.71.4.2.2"
EMEA = "1.2.250.1.213.2.50"
ATC = "2.16.840.1.113883.6.73"

_ROLE = "recordTarget/patientRole"
_PATIENT = f"{_ROLE}/patient"
_BIRTHPLACE = f"{_PATIENT}/birthplace/place/addr"
_GP = "participant[functionCode=PCP]/associatedEntity"
_MOTHER = "informant/relatedEntity[code=MTH]/relatedPerson/name"
_SITE = "participant[@typeCode=LOC]/participantRole"
_PERFORMER = "performer[@typeCode=PRF]/assignedEntity"
_SUBJECT = "subject/relatedSubject/subject"
_DRUG = "consumable/manufacturedProduct/manufacturedMaterial"


def _answer(question: str) -> str:
    return f"entryRelationship/observation[code={question}]/value"


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

PRISE_EN_CHARGE: Table = table(
    "prise_en_charge",
    both("inclusion_date", date, "effectiveTime"),
    both("care_site_id", extension, f"{_SITE}/id[@root={SITE_ROOT}]"),
    both("care_site_label", label, f"{_SITE}/playingEntity/code"),
    both("care_site_name", text, f"{_SITE}/playingEntity/name"),
    both("care_type", code, "code"),
    both("referring_doctor_rpps", extension, f"{_PERFORMER}/id"),
    both("referring_doctor_name", name, f"{_PERFORMER}/assignedPerson/name"),
    both("referring_doctor_profession", code, f"{_PERFORMER}/code"),
    both("referring_doctor_finess", extension, f"{_PERFORMER}/representedOrganization/id"),
    both("referred_by", code, "informant/assignedEntity/code"),
    both("referred_by_name", name, "informant/assignedEntity/assignedPerson/name", joined=" ; "),
    both("referred_by_organisation", text, "informant/assignedEntity/representedOrganization/name", joined=" ; "),
    Row("out_of_label", yes_no, gen1=_answer("GEN-162"), gen2=_answer("GEN-368")),
)
"""From section 2.158, entry/encounter."""

ACTIVITE: Table = table(
    "activite",
    both("activity_context", code, "code"),
    Row("activity_context_other", narrative, gen2="code[@code=GEN-092.05.04]/originalText"),
    both("activity_date", date, "effectiveTime"),
    both("activity_performer_rpps", extension, f"{_PERFORMER}/id"),
    both("activity_performer_profession", code, f"{_PERFORMER}/code"),
    both("activity_performer_name", name, f"{_PERFORMER}/assignedPerson/name"),
    both("activity_performer_finess", extension, f"{_PERFORMER}/representedOrganization/id"),
    both("activity_site_id", extension, f"{_SITE}/id[@root={SITE_ROOT}]"),
    both("activity_site_label", label, f"{_SITE}/playingEntity/code"),
    Row("activity_place_finess", extension, gen2=f"{_SITE}/id[@root={FINESS_ROOT}]"),
    Row("activity_place_commune_code", code, gen1=_answer("65647-0"), gen2=f"{_SITE}/addr/county"),
    Row("activity_place_country_code", code, gen1=_answer("65649-6"), gen2=f"{_SITE}/addr/state"),
    both("activity_objectives", code, _answer("ORG-034")),
)
"""From section 2.76, entry/encounter."""

DISEASE: Table = table("diagnostic", both("disease", code, "value"), both("diagnosis_date", date, "effectiveTime"))
"""From the observation of the disease, in both generations."""

DIAGNOSTIC: Table = table(
    "diagnostic",
    Row("diagnosis_site_id", extension, gen2=f"{_SITE}/id"),
    Row("diagnosis_site_label", label, gen2=f"{_SITE}/playingEntity/code"),
    both("diagnosis_status", code, _answer("MED-072")),
    Row("clinical_description", code, gen2=_answer("MED-1284")),
    Row("complementary_signs", code, gen1=_answer("MED-074")),
    Row("unusual_signs", code, gen1=_answer("MED-086")),
    both("sporadic_or_familial", code, _answer("MED-073")),
    both("onset_period", code, _answer("PAT-013")),
    both("onset_age", quantity("mo"), _answer("PAT-014")),
    both("diagnosis_appraisal_at_entry", code, _answer("MED-071")),
    Row("diagnosis_period", code, gen1=_answer("PAT-015")),
    Row("diagnosis_age", quantity("mo"), gen1=_answer("PAT-016")),
    Row("clinical_diagnosis_period", code, gen2=_answer("PAT-062")),
    Row("clinical_diagnosis_age", quantity("mo"), gen2=_answer("PAT-063")),
    Row("genetic_diagnosis_period", code, gen2=_answer("PAT-064")),
    Row("genetic_diagnosis_age", quantity("mo"), gen2=_answer("PAT-065")),
    Row("genetic_techniques", code, gen1=_answer("MED-068"), gen2=_answer("MED-1286")),
    Row("genetic_technique_other", narrative, gen2=f"{_answer('MED-1286')}[@code=GEN-092.04.17]/originalText"),
    Row("investigations", code, gen1=_answer("ORG-017")),
    Row("confirmation_mode_precision", paragraphs, gen1=_answer("GEN-163")),
    both("genes", code, _answer("MED-552")),
    Row("apparently_healthy", yes_no, gen1=_answer("MED-064")),
    Row("other_genetic_description", paragraphs, gen1=_answer("MED-554"), gen2=_answer("MED-1287")),
    Row("diagnosis_comment", narrative, gen2="entryRelationship/act[code=48767-8]/text"),
)
"""From section 2.129: gen 1, the act, whose observations are all siblings; gen 2, the observation of the disease."""

GROSSESSE: Table = table(
    "grossesse",
    Row("pregnancy_start", date, gen2="effectiveTime/low"),
    Row("pregnancy_end", date, gen2="effectiveTime/high"),
    Row("fetus_count", number, gen2="component/observation[code=55281-0]/value"),
    Row("pregnancy_assisted_reproduction", yes_no, gen2="component/observation[code=09.02]/value"),
)
"""From section 2.77, entry/organizer."""

FETUS: Table = table(
    "fetus",
    Row("fetus_birth_family_name", text, gen2=f"{_SUBJECT}/name/family[@qualifier=BR]"),
    Row("fetus_used_family_name", text, gen2=f"{_SUBJECT}/name/family[@qualifier=CL]"),
    Row("fetus_birth_given_name", text, gen2=f"{_SUBJECT}/name/given[@qualifier=BR]"),
    Row("fetus_given_name", text, gen2=f"{_SUBJECT}/name/given[@qualifier=CL]"),
    Row("newborn_given_names", text, gen2=f"{_SUBJECT}/name/given[@qualifier=]", joined=" "),
    Row("fetus_sex", code, gen2=f"{_SUBJECT}/administrativeGenderCode"),
    Row("newborn_birth_date", date, gen2=f"{_SUBJECT}/birthTime"),
    Row("fetus_multiple_pregnancy", yes_no, gen2=f"{_SUBJECT}/sdtc:multipleBirthInd"),
    Row("fetus_order", number, gen2=f"{_SUBJECT}/sdtc:multipleBirthOrderNumber"),
    Row("pregnancy_outcome", code, gen2="component/observation[code=63893-2]/value"),
    Row("pregnancy_outcome_date", date, gen2="component/observation[code=63893-2]/effectiveTime"),
    Row("fetus_gestational_age_weeks", quantity("wk"), gen2="component/observation[code=11884-4]/value"),
    Row("foetopathology_done", yes_no, gen2="component/observation[code=JQQP003]/value"),
)
"""From what has a subject: a birth organizer of a pregnancy, an encounter, the observation of a diagnosis."""
