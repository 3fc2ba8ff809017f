"""A woman who carries twins, before and after the birth: two documents of the demonstration."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.cda.document import Document, Entry, Fetus
from app.operations.demo.described_parts import (
    FEMALE,
    FETUS_OID,
    FINESS,
    FRANCE,
    IPP_OID,
    MALE,
    MARFAN,
    SITE,
    activity,
    answer,
    care,
    diagnosis,
    genetics,
    ins,
    quantity,
    source,
)
from app.operations.demo.markup import SNOMED, TA_ASIP
from app.sdm.identity import Identifier
from app.sdm.oids import COMMUNES, ROLE_CODE

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
        "gp_rpps": "810005781223",
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
    prises_en_charge=(care(0x10, "2019-06-11"),),
    activites=(
        activity(0x20, "2025-03-18"),
        activity(
            0x21,
            "2025-04-14",
            _GIRL,
            activity_context=answer(TA_ASIP, "GEN-092.05.04", "Autre contexte"),
            activity_context_other="Échographie cardiaque fœtale",
            activity_objectives=[answer(SNOMED, "243787009", "Diagnostic prénatal")],
        ),
    ),
    diagnostics=(replace(diagnosis(0x30, **genetics()), site=SITE),),
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

BIRTH_DATE = "2025-08-01"
ANOUK_IPP = Identifier("ipp", IPP_OID, "0009120")
_DELIVERY: dict[str, Any] = {
    "pregnancy_outcome": answer(SNOMED, "3950001", "naissance"),
    "pregnancy_outcome_date": BIRTH_DATE,
}
_ANOUK_NAMES: dict[str, Any] = {
    "fetus_birth_family_name": "ROUSSEL",
    "fetus_birth_given_name": "Anouk",
    "newborn_given_names": "Anouk Irène",
    "newborn_birth_date": BIRTH_DATE,
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
                "pregnancy_end": BIRTH_DATE,
                "fetus_count": 2,
                "pregnancy_assisted_reproduction": True,
            },
            source(0x40),
            fetuses=(
                replace(_GIRL, ipp=ANOUK_IPP, born=True, answers=_ANOUK_NAMES | _DELIVERY),
                replace(_BOY, answers=_BOY.answers | _INTERRUPTION),
            ),
        ),
    ),
    technical=PREGNANT_WOMAN.technical | {"dossier_updated_on": "2025-08-20"},
)
"""The same woman: one twin is born, the other was lost. The activity of the first is still sent (I9)."""
