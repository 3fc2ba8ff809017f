"""Four documents of the demonstration: a newborn, her mother before and after the birth, a child sent in 2022.

The people, the hospital and the numbers are invented; the INS are of the test domain (their keys are right).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.cda.document import Document, Entry, Fetus
from app.operations.demo.header import GENDER, PHYSICIAN
from app.operations.demo.markup import SNOMED, TA_ASIP
from app.sdm.identity import Identifier
from app.sdm.oids import ACT_CODE, COMMUNES, COUNTRIES, HGNC, HPO, ORPHA_DISEASES, ROLE_CODE

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
ONGOING = answer(SNOMED, "385651009", "en cours d’exécution")


def _care(number: int, date: str, **more: Any) -> Entry:
    answers: dict[str, Any] = {
        "care_site_id": SITE,
        "care_site_label": "TROIS-RIVIÈRES [CRMR] MARFAN",
        "care_type": answer(ACT_CODE, "IMP", "Hospitalisation"),
        "inclusion_date": date,
        "out_of_label": False,
        "referring_doctor_rpps": "810002673899",
        "referring_doctor_name": "Camille ARNOUX",
        "referring_doctor_profession": PHYSICIAN,
        "referred_by": [answer(TA_ASIP, "ORG-183", "Centre de compétence maladies rares (CCMR)")],
    }
    return Entry(answers | more, source(number), SITE)


def _activity(number: int, date: str, subject: Fetus | None = None, **more: Any) -> Entry:
    answers: dict[str, Any] = {
        "activity_site_id": SITE,
        "activity_context": answer(SNOMED, "11429006", "Consultation"),
        "activity_date": date,
        "activity_objectives": [answer(SNOMED, "413467001", "Suivi")],
        "activity_performer_rpps": "810002673899",
        "activity_performer_name": "Camille ARNOUX",
        "activity_performer_profession": PHYSICIAN,
    }
    return Entry(answers | more, source(number), SITE, subject)


def _diagnosis(number: int, **more: Any) -> Entry:
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


def _genetics() -> dict[str, Any]:
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


_MOTHER_NAMES: dict[str, Any] = {
    "fetus_birth_family_name": "VALMONT",
    "fetus_used_family_name": "ROUSSEL",
    "fetus_birth_given_name": "Élise",
    "fetus_multiple_pregnancy": True,
}


def _of_mother(given_name: str, sex: dict[str, Any], order: int) -> dict[str, Any]:
    return _MOTHER_NAMES | {"fetus_given_name": given_name, "fetus_sex": sex, "fetus_order": order}


_GIRL = Fetus(
    Identifier("fetus_id", FETUS_OID, "F-2025-00041"),
    answers=_of_mother("Anouk", FEMALE, 1),
)
_BOY = Fetus(
    Identifier("fetus_id", FETUS_OID, "F-2025-00042"),
    answers=_of_mother("Malo", MALE, 2),
)

PREGNANT_WOMAN = Document(
    edition="2025.01",
    document_id="1.2.250.1.999.1.3.2025.118",
    effective_at=datetime(2025, 4, 14, 9, 30, tzinfo=UTC),
    set_id="1.2.250.1.999.1.4.118",
    version_number=1,
    custodian_finess=(FINESS,),
    identifiers=(ins("2910369123456"), Identifier("ipp", IPP_OID, "0004417")),
    patient={
        "birth_family_name": "VALMONT",
        "used_family_name": "ROUSSEL",
        "birth_first_given_name": "Élise",
        "birth_given_names": "Élise Jeanne Ondine",
        "used_given_name": "Élise",
        "sex": FEMALE,
        "birth_date": "1991-03-08",
        "birth_commune_code": answer(COMMUNES, "69123", ""),
        "birth_commune_label": "LYON",
        "birth_country_code": FRANCE,
        "residence_house_number": "7",
        "residence_street": "Chemin des Tilleuls",
        "residence_postal_code": "69100",
        "residence_commune_code": answer(COMMUNES, "69266", ""),
        "residence_commune_label": "VILLEURBANNE",
        "residence_country_code": FRANCE,
        "residence_country_label": "FRANCE",
        "telecom": ["tel:0600000118"],
        "gp_name": "Béatrice LACOMBE",
        "gp_rpps": "810005781220",
        "data_reuse_opposition": False,
        "ern_registry_consent": [answer(TA_ASIP, "GEN-320", "Consentement signé au registre EuRREB")],
        "propositus": [
            {
                "propositus_id": "0001992",
                "propositus_relationship": answer(ROLE_CODE, "FTH", "Père"),
                "propositus_sex": MALE,
                "propositus_disease": [MARFAN],
            }
        ],
        "icf_evaluations": [
            {
                "icf_score_date": "2025-02-03",
                "icf_score": answer("2.16.840.1.113883.6.254", "b410.1", "fonctions du cœur / déficience légère"),
            }
        ],
        "assisted_reproduction": False,
        "birth_weight": quantity(3120, "g"),
        "birth_length": quantity(51, "cm"),
        "birth_head_circumference": quantity(34.5, "cm"),
        "contact_for_protocol": True,
        "sample_for_research": False,
        "sample_for_molecular_diagnosis": True,
        "biobank": "Biothèque des Trois-Rivières",
    },
    consanguinity=False,
    prises_en_charge=(_care(0x10, "2019-06-11"),),
    activites=(
        _activity(0x20, "2025-03-18"),
        _activity(
            0x21,
            "2025-04-14",
            _GIRL,
            activity_context=answer(TA_ASIP, "GEN-092.05.04", "Autre contexte"),
            activity_context_other="Échographie cardiaque fœtale",
            activity_objectives=[answer(SNOMED, "243787009", "Diagnostic prénatal")],
        ),
    ),
    diagnostics=(replace(_diagnosis(0x30, **_genetics()), site=SITE),),
    grossesses=(
        Entry(
            {"pregnancy_start": "2024-11-30", "fetus_count": 2, "pregnancy_assisted_reproduction": True},
            source(0x40),
            fetuses=(_GIRL, _BOY),
        ),
    ),
    technical={
        "dossier_id": "5B1E0000-0000-4000-8000-000000000118",
        "dossier_created_on": "2019-06-11",
        "dossier_updated_on": "2025-04-14",
    },
)
"""Carries twins; one activity is about the first of them."""

_BIRTH_DATE = "2025-08-01"
_ANOUK_IPP = Identifier("ipp", IPP_OID, "0009120")
_DELIVERY: dict[str, Any] = {
    "pregnancy_outcome": answer(SNOMED, "3950001", "naissance"),
    "pregnancy_outcome_date": _BIRTH_DATE,
}
_ANOUK_NAMES: dict[str, Any] = {
    "fetus_birth_family_name": "ROUSSEL",
    "fetus_birth_given_name": "Anouk",
    "newborn_given_names": "Anouk Irène",
    "newborn_birth_date": _BIRTH_DATE,
    "fetus_sex": FEMALE,
    "fetus_multiple_pregnancy": True,
    "fetus_order": 1,
}
_INTERRUPTION: dict[str, Any] = {
    "pregnancy_outcome": answer("2.16.840.1.113883.6.3", "O04", "Avortement médical"),
    "fetus_gestational_age_weeks": quantity(24, "wk"),
    "foetopathology_done": True,
}

AFTER_PREGNANCY = replace(
    PREGNANT_WOMAN,
    document_id="1.2.250.1.999.1.3.2025.240",
    effective_at=datetime(2025, 8, 20, 13, 0, tzinfo=UTC),
    version_number=2,
    grossesses=(
        Entry(
            {
                "pregnancy_start": "2024-11-30",
                "pregnancy_end": _BIRTH_DATE,
                "fetus_count": 2,
                "pregnancy_assisted_reproduction": True,
            },
            source(0x40),
            fetuses=(
                replace(_GIRL, ipp=_ANOUK_IPP, born=True, answers=_ANOUK_NAMES | _DELIVERY),
                replace(_BOY, answers=_BOY.answers | _INTERRUPTION),
            ),
        ),
    ),
    technical=PREGNANT_WOMAN.technical | {"dossier_updated_on": "2025-08-20"},
)
"""The same woman: one twin is born, the other was lost. The activity of the first is still sent (I9)."""

NEWBORN = Document(
    edition="2024.01",
    document_id="1.2.250.1.999.1.3.2025.233",
    effective_at=datetime(2025, 8, 12, 8, 15, tzinfo=UTC),
    set_id="1.2.250.1.999.1.4.233",
    version_number=1,
    custodian_finess=(FINESS,),
    identifiers=(ins("2250869123017"), _ANOUK_IPP, Identifier("former_fetus_id", FETUS_OID, "F-2025-00041")),
    patient={
        "birth_family_name": "ROUSSEL",
        "birth_first_given_name": "Anouk",
        "birth_given_names": "Anouk Irène",
        "sex": FEMALE,
        "birth_date": _BIRTH_DATE,
        "birth_commune_code": answer(COMMUNES, "69123", ""),
        "birth_commune_label": "LYON",
        "birth_country_code": FRANCE,
        "multiple_birth": True,
        "multiple_birth_order": 1,
        "mother_birth_family_name": "VALMONT",
        "mother_birth_first_given_name": "Élise",
        "guardian_name": "Élise VALMONT",
        "data_reuse_opposition": False,
        "assisted_reproduction": True,
        "antenatal_malformation": answer(SNOMED, "50607009", "unique"),
        "gestational_age_weeks": quantity(35, "wk"),
        "birth_weight": quantity(2380, "g"),
        "birth_length": quantity(47, "cm"),
        "birth_head_circumference": quantity(32, "cm"),
        "contact_for_protocol": True,
    },
    consanguinity=False,
    prises_en_charge=(_care(0x50, "2025-08-04"),),
    activites=(_activity(0x51, "2025-08-04"), _activity(0x52, "2025-08-11")),
    diagnostics=(_diagnosis(0x53, diagnosis_status=ONGOING),),
    technical={
        "dossier_id": "5B1E0000-0000-4000-8000-000000000233",
        "dossier_created_on": "2025-08-04",
        "dossier_updated_on": "2025-08-12",
    },
)
"""The first twin, in her own document: she carries the id she had as a fetus."""

CHILD_OF_2022 = Document(
    edition="2022.01",
    document_id="1.2.250.1.999.1.3.2022.57",
    effective_at=datetime(2022, 11, 3, 16, 20, tzinfo=UTC),
    set_id="1.2.250.1.999.1.4.57",
    version_number=3,
    custodian_finess=(FINESS,),
    identifiers=(ins("1140538185042"), Identifier("ipp", IPP_OID, "0003050")),
    patient={
        "birth_family_name": "D’ESTRÉE-MORIN",
        "birth_first_given_name": "Gaspard",
        "birth_given_names": "Gaspard Léopold",
        "sex": MALE,
        "birth_date": "2014-05-21",
        "birth_commune_code": answer(COMMUNES, "38185", ""),
        "birth_commune_label": "GRENOBLE",
        "residence_postal_code": "38000",
        "residence_commune_label": "GRENOBLE",
        "residence_country_label": "FRANCE",
        "data_reuse_opposition": False,
        "treatments": [
            {
                "treatment_name": "Losartan",
                "treatment_atc": answer("2.16.840.1.113883.6.73", "C09CA01", "losartan"),
                "treatment_start": "2020-01",
            }
        ],
        "assisted_reproduction": True,
        "assisted_reproduction_date": "2013-08",
        "term_precision_weeks": quantity(3, "wk"),
        "birth_weight": quantity(2710, "g"),
        "in_protocol": False,
        "contact_for_protocol": True,
        "clinical_status": answer(SNOMED, "27624003", "maladie chronique"),
    },
    consanguinity=True,
    prises_en_charge=(_care(0x60, "2016-02-09"),),
    activites=(
        _activity(
            0x61,
            "2022-10-27",
            activity_context=answer(TA_ASIP, "ORG-029", "Avis sur dossier en consultation"),
            activity_objectives=[answer(TA_ASIP, "ORG-047", "Suivi")],
            activity_place_country_code=answer(COUNTRIES, "FR", "FRANCE"),
            activity_place_commune_code=answer(COMMUNES, "38185", "GRENOBLE"),
        ),
    ),
    diagnostics=(
        Entry(
            {
                "disease": MARFAN,
                "diagnosis_date": "2017",
                "diagnosis_status": CONFIRMED,
                "onset_period": AT_AGE,
                "onset_age": quantity(14, "mo"),
                "diagnosis_period": AT_AGE,
                "diagnosis_age": quantity(36, "mo"),
                "investigations": [answer(SNOMED, "58147004", "clinique")],
                "complementary_signs": [answer(HPO, "HP:0001166", "Arachnodactylie")],
                "apparently_healthy": False,
                "other_genetic_description": "FBN1, variant de novo",
            },
            source(0x62),
            act_id=source(0x62),
        ),
    ),
    technical={
        "dossier_id": "5B1E0000-0000-4000-8000-000000000057",
        "dossier_created_on": "2016-02-09",
        "dossier_updated_on": "2022-10-27",
    },
)
"""An older document: treatments, signs and questions that 2024 dropped."""

DESCRIBED = (NEWBORN, PREGNANT_WOMAN, AFTER_PREGNANCY, CHILD_OF_2022)
