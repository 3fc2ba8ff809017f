"""Value sets about the person: sex, state of health."""

from app.sdm.concepts import value_set
from app.sdm.oids import ADMINISTRATIVE_GENDER, HEALTH_STATUS_2021, SNOMED_35, SNOMED_CT

SEXES = [
    (ADMINISTRATIVE_GENDER, "F", "Féminin"),
    (ADMINISTRATIVE_GENDER, "M", "Masculin"),
    (ADMINISTRATIVE_GENDER, "UN", "Inconnu"),
]

SEX = value_set("JDV_J143_AdministrativeGender_CISIS", "1.2.250.1.213.1.1.5.590", SEXES)
RELATED_SEX = value_set("JDV_HL7_AdministrativeGender_CISIS", "2.16.840.1.113883.1.11.1", SEXES)

HEALTH_STATUS = value_set(
    "JDV_HealthStatusCodes_CISIS",
    "1.2.250.1.213.1.1.4.2.283.1",
    [
        (SNOMED_CT, "102499006", "En forme"),
        (SNOMED_CT, "84387000", "Asymptomatique"),
        (SNOMED_CT, "27624003", "Maladie chronique"),
        (SNOMED_CT, "21134002", "Incapacité"),
        (SNOMED_CT, "161045001", "Incapacité sévère"),
        (SNOMED_CT, "271593001", "Moribond"),
        (SNOMED_CT, "419620001", "Décédé"),
    ],
    [
        # No published crosswalk for this list: only labels that say the same thing are linked.
        (HEALTH_STATUS_2021, "CDA_003", "Bien portant", "102499006"),
        (HEALTH_STATUS_2021, "CDA_004", "Malade chronique", "27624003"),
        (HEALTH_STATUS_2021, "CDA_005", "Sévèrement malade", None),
        (HEALTH_STATUS_2021, "CDA_006", "Sévèrement invalidé", "161045001"),
        (SNOMED_35, "DF-D0000", "Décédé", "419620001"),
        (SNOMED_35, "F-00140", "Invalide", "21134002"),
        (SNOMED_35, "F-01255", "Asymptomatique", "84387000"),
        (SNOMED_35, "G-A005", "En rémission", None),
    ],
)

VALUE_SETS = (SEX, RELATED_SEX, HEALTH_STATUS)
