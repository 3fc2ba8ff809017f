"""What descriptions are made of: answers, a prise en charge, an activity, a diagnosis. All invented."""

from __future__ import annotations

from typing import Any

from app.cda.document import Entry, Fetus
from app.operations.demo.header import GENDER, PHYSICIAN
from app.operations.demo.markup import SNOMED, TA_ASIP
from app.sdm.identity import Identifier
from app.sdm.oids import ACT_CODE, COUNTRIES, HGNC, HPO, ORPHA_DISEASES

INS_TEST = "1.2.250.1.213.1.4.10"
IPP_OID, FETUS_OID = "1.2.250.1.999.1.1", "1.2.250.1.999.1.2"
FINESS = "690999010"
SITE = "S101"


def ins(number: str) -> Identifier:
    """A test INS from its 13 characters: its key is computed."""
    return Identifier("ins", INS_TEST, f"{number}{97 - int(number) % 97:02}")


def answer(system: str, code: str, label: str) -> dict[str, Any]:
    return {"system": system, "code": code, "label": label}


def quantity(value: float, unit: str) -> dict[str, Any]:
    return {"value": value, "unit": unit}


def source(number: int) -> Identifier:
    return Identifier("source_id", f"5B1E0000-0000-4000-8000-{number:012X}", "")


FEMALE, MALE = answer(GENDER, "F", "Féminin"), answer(GENDER, "M", "Masculin")
FRANCE = answer(COUNTRIES, "FR", "")
MARFAN = answer(ORPHA_DISEASES, "558", "Syndrome de Marfan")
AT_AGE = answer(SNOMED, "767023003", "période de la vie entre la naissance et la mort")
AT_BIRTH = answer(SNOMED, "255407002", "période néonatale")
CONFIRMED = answer(SNOMED, "255545003", "confirmé")
UNDETERMINED = answer(SNOMED, "373068000", "indéterminé")
ONGOING = answer(SNOMED, "385651009", "en cours d’exécution")


def care(number: int, date: str, **more: Any) -> Entry:
    answers: dict[str, Any] = {
        "care_site_id": SITE,
        "care_site_label": "TROIS-RIVIÈRES [CRMR] MARFAN",
        "care_type": answer(ACT_CODE, "IMP", "Hospitalisation"),
        "inclusion_date": date,
        "out_of_label": False,
        "referring_doctor_rpps": "810002673894",
        "referring_doctor_name": "Camille ARNOUX",
        "referring_doctor_profession": PHYSICIAN,
        "referred_by": [answer(TA_ASIP, "ORG-183", "Centre de compétence maladies rares (CCMR)")],
    }
    return Entry(answers | more, source(number), SITE)


def activity(number: int, date: str, subject: Fetus | None = None, **more: Any) -> Entry:
    answers: dict[str, Any] = {
        "activity_site_id": SITE,
        "activity_context": answer(SNOMED, "11429006", "Consultation"),
        "activity_date": date,
        "activity_objectives": [answer(SNOMED, "413467001", "Suivi")],
        "activity_performer_rpps": "810002673894",
        "activity_performer_name": "Camille ARNOUX",
        "activity_performer_profession": PHYSICIAN,
    }
    return Entry(answers | more, source(number), SITE, subject)


def diagnosis(number: int, **more: Any) -> Entry:
    answers: dict[str, Any] = {
        "disease": MARFAN,
        "diagnosis_status": CONFIRMED,
        "diagnosis_appraisal_at_entry": answer(SNOMED, "88323005", "approprié"),
        "sporadic_or_familial": answer(SNOMED, "255401001", "familial"),
        "onset_period": AT_BIRTH,
        "genes": [answer(HGNC, "HGNC:3603", "fibrillin 1")],
        "other_genetic_description": "c.4082G>A (p.Cys1361Tyr), hétérozygote",
    }
    return Entry(answers | more, source(number), act_id=source(number + 1), has_observation_id=True)


def genetics() -> dict[str, Any]:
    return {
        "clinical_description": [
            answer(HPO, "HP:0001166", "Arachnodactylie"),
            answer(HPO, "HP:0001083", "Ectopie du cristallin"),
        ],
        "clinical_diagnosis_period": AT_AGE,
        "clinical_diagnosis_age": quantity(30, "mo"),
        "genetic_diagnosis_period": AT_AGE,
        "genetic_diagnosis_age": quantity(36, "mo"),
        "genetic_techniques": [answer(TA_ASIP, "GEN-092.04.17", "Autre technique diagnostic")],
        "genetic_technique_other": "Séquençage ciblé de FBN1",
        "diagnosis_comment": "Surveillance aortique annuelle.\nPrélèvement des apparentés proposé.",
        "diagnosis_site_id": SITE,
    }
