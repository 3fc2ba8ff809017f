"""The patient block: one per fiche, unitary (§3.1, §4.4). Its groups are in patient_identity, _situation, _health."""

from app.sdm.model import Block, Merge
from app.sdm.patient_health import BIRTH_ITEMS, FUNCTIONING_ITEMS, RESEARCH_ITEMS, TREATMENT_ITEMS
from app.sdm.patient_identity import CONSENT_ITEMS, IDENTIFIER_ITEMS, IDENTITY_ITEMS
from app.sdm.patient_situation import ADDRESS_ITEMS, CARER_ITEMS, FAMILY_ITEMS, VITAL_ITEMS

PATIENT = Block(
    "patient",
    "Patient",
    "Patient",
    Merge.COMPETITIVE,
    (
        *IDENTITY_ITEMS,
        *IDENTIFIER_ITEMS,
        *CONSENT_ITEMS,
        *ADDRESS_ITEMS,
        *CARER_ITEMS,
        *FAMILY_ITEMS,
        *VITAL_ITEMS,
        *FUNCTIONING_ITEMS,
        *TREATMENT_ITEMS,
        *BIRTH_ITEMS,
        *RESEARCH_ITEMS,
    ),
)
