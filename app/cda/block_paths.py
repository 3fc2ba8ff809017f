"""Where each item of a block stands, from the element that is the block (`paths.py` says how to read a row)."""

from __future__ import annotations

from app.cda.values import code, date, extension, label, name, narrative, number, paragraphs, quantity, text, yes_no
from app.cda.walk import Row, Table, both, table

SITE_ROOT = "1.2.250.1.213.2.61"
FINESS_ROOT = "1.2.250.1.71.4.2.2"

_SITE = "participant[@typeCode=LOC]/participantRole"
_PERFORMER = "performer[@typeCode=PRF]/assignedEntity"
_SUBJECT = "subject/relatedSubject/subject"


def _answer(question: str) -> str:
    return f"entryRelationship/observation[code={question}]/value"


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
