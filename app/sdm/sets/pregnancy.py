"""Value sets of the pregnancy."""

from app.sdm.concepts import value_set
from app.sdm.oids import CIM_10, OBSTETRICS_2021, SNOMED_35, SNOMED_CT

OUTCOME = value_set(
    "JDV_IssueGrossesse_CISIS",
    "1.2.250.1.213.1.1.5.731",
    [
        (SNOMED_CT, "3950001", "Naissance"),
        (CIM_10, "O04", "Interruption médicale de grossesse (IMG)"),
        (CIM_10, "O04.-0", "Interruption volontaire de grossesse (IVG)"),
        (CIM_10, "O03", "Avortement spontané"),
        (CIM_10, "P95", "Mort fœtale de cause non précisée"),
        (CIM_10, "O00", "Grossesse extra-utérine"),
        (CIM_10, "O01", "Môle hydatiforme"),
    ],
    [
        (SNOMED_CT, "236973005", "Accouchement", "3950001"),
        # Codes of the 2021 list, linked by their labels: the crosswalk leaves them out.
        (OBSTETRICS_2021, "OBS_101", "Accouchement", "3950001"),
        (SNOMED_35, "D8-00110", "Môle", "O01"),
        (SNOMED_35, "D8-02000", "Grossesse extra-utérine", "O00"),
        (SNOMED_35, "D8-04100", "Avortement spontané", "O03"),
        (SNOMED_35, "D8-04201", "Interruption volontaire de grossesse", "O04.-0"),
        (OBSTETRICS_2021, "OBS_103", "Interruption médicale de grossesse avant 22 semaines", "O04"),
        (OBSTETRICS_2021, "OBS_104", "Interruption médicale de grossesse à 22 semaines ou plus", "O04"),
        (OBSTETRICS_2021, "OBS_127", "Grossesse actuelle", None),
    ],
)

VALUE_SETS = (OUTCOME,)
