"""Four documents of the demonstration: a newborn, her mother before and after the birth, a child sent in 2022.

The people, the hospital and the numbers are invented; the INS are of the test domain (their keys are right).
"""

from __future__ import annotations

from datetime import UTC, datetime

from app.cda.document import Document, Entry
from app.operations.demo.described_mother import AFTER_PREGNANCY, ANOUK_IPP, BIRTH_DATE, PREGNANT_WOMAN
from app.operations.demo.described_parts import (
    AT_AGE,
    AT_BIRTH,
    CONFIRMED,
    FEMALE,
    FETUS_OID,
    FINESS,
    FRANCE,
    IPP_OID,
    MALE,
    MARFAN,
    ONGOING,
    SITE,
    UNDETERMINED,
    activity,
    answer,
    care,
    diagnosis,
    ins,
    quantity,
    source,
)
from app.operations.demo.markup import SNOMED, TA_ASIP
from app.sdm.identity import Identifier
from app.sdm.oids import COMMUNES, COUNTRIES, HPO

NEWBORN = Document(
    edition="2024.01",
    document_id="1.2.250.1.999.1.3.2025.233",
    effective_at=datetime(2025, 8, 12, 8, 15, tzinfo=UTC),
    set_id="1.2.250.1.999.1.4.233",
    version_number=1,
    custodian_finess=(FINESS,),
    identifiers=(ins("2250869123017"), ANOUK_IPP, Identifier("former_fetus_id", FETUS_OID, "F-2025-00041")),
    patient={
        "birth_family_name": "ROUSSEL",
        "birth_first_given_name": "Anouk",
        "birth_given_names": "Anouk Irène",
        "sex": FEMALE,
        "birth_date": BIRTH_DATE,
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
    prises_en_charge=(care(0x50, "2025-08-04"),),
    activites=(activity(0x51, "2025-08-04"), activity(0x52, "2025-08-11")),
    diagnostics=(
        diagnosis(
            0x53,
            diagnosis_status=ONGOING,
            clinical_diagnosis_period=AT_BIRTH,
            genetic_diagnosis_period=UNDETERMINED,
        ),
    ),
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
    prises_en_charge=(care(0x60, "2016-02-09"),),
    activites=(
        activity(
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

__all__ = [
    "AFTER_PREGNANCY",
    "CHILD_OF_2022",
    "DESCRIBED",
    "FETUS_OID",
    "FINESS",
    "IPP_OID",
    "NEWBORN",
    "PREGNANT_WOMAN",
    "SITE",
    "ins",
    "quantity",
    "source",
]
