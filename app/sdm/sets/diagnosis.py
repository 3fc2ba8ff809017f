"""Value sets of the diagnosis."""

from app.sdm.concepts import value_set
from app.sdm.oids import SNOMED_35, SNOMED_CT, TA_ASIP

AGE = value_set(
    "JDV_Age_CISIS",
    "1.2.250.1.213.1.1.5.43",
    [
        (SNOMED_CT, "303112003", "En anténatal"),
        (SNOMED_CT, "255407002", "À la naissance"),
        (SNOMED_CT, "767023003", "À l’âge de…"),
        (SNOMED_CT, "303113008", "En post-mortem"),
        (TA_ASIP, "MED-1288", "Aucun signe à ce jour ou porteur sain"),
        (SNOMED_CT, "373068000", "Non déterminé"),
    ],
    [
        (TA_ASIP, "MED-080", "Anténatal", "303112003"),
        (TA_ASIP, "GEN-019", "À la naissance", "255407002"),
        (TA_ASIP, "GEN-020", "À l’âge de", "767023003"),
        (TA_ASIP, "MED-430", "Post-mortem", "303113008"),
        (TA_ASIP, "GEN-021", "Non déterminé", "373068000"),
    ],
)

APPRAISAL = value_set(
    "JDV_AppreciationDiagnosticCentre_CISIS",
    "1.2.250.1.213.1.1.5.44",
    [
        (SNOMED_CT, "2667000", "Absent"),
        (SNOMED_CT, "71978007", "Inapproprié"),
        (SNOMED_CT, "88323005", "Approprié"),
    ],
    [
        (TA_ASIP, "MED-426", "Absent", "2667000"),
        (TA_ASIP, "GEN-032", "Non approprié", "71978007"),
        (TA_ASIP, "GEN-033", "Approprié", "88323005"),
    ],
)

STATUS = value_set(
    "JDV_StatutActuelDiagnostic_CISIS",
    "1.2.250.1.213.1.1.5.45",
    [
        (SNOMED_CT, "255545003", "Confirmé"),
        (SNOMED_CT, "2931005", "Probable"),
        (SNOMED_CT, "385651009", "En cours"),
        (SNOMED_CT, "42425007", "Indéterminé"),
        (SNOMED_CT, "723511001", "Infirmé"),
        (TA_ASIP, "MED-1313", "Apparenté non porteur"),
    ],
    [
        (TA_ASIP, "GEN-035", "Confirmé", "255545003"),
        (TA_ASIP, "GEN-034", "En cours", "385651009"),
        (SNOMED_35, "G-2002", "Probable", "2931005"),
        # « Uncertain » in the crosswalk: the closest meaning.
        (TA_ASIP, "GEN-021", "Non déterminé", "42425007"),
        (TA_ASIP, "GEN-022", "Non classable", None),
        (SNOMED_CT, "24800002", "Porteur sain", None),
    ],
)

HEREDITY = value_set(
    "JDV_CasSporadiqueFamilial_CISIS",
    "1.2.250.1.213.1.1.5.46",
    [(SNOMED_CT, "75741005", "Sporadique"), (SNOMED_CT, "255401001", "Familial")],
    [(SNOMED_35, "G-A646", "Sporadique", "75741005"), (TA_ASIP, "PAT-017", "Familial", "255401001")],
)

INVESTIGATIONS = value_set(
    "JDV_InvestigationsRealisees_CISIS",
    "1.2.250.1.213.1.1.5.47",
    [
        (SNOMED_CT, "58147004", "Clinique"),
        (SNOMED_CT, "12893009", "Biologique"),
        (SNOMED_CT, "80534008", "Biochimique"),
        (SNOMED_CT, "363679005", "Imagerie"),
        (SNOMED_CT, "116148004", "Génétique moléculaire"),
        (SNOMED_CT, "73735000", "Cytogénétique"),
        (SNOMED_CT, "12894003", "Exploration fonctionnelle"),
        (SNOMED_CT, "108257001", "Anatomopathologie"),
        (TA_ASIP, "GEN-092.04.03", "Autres investigations"),
    ],
    [
        (SNOMED_35, "G-A304", "Clinique", "58147004"),
        (SNOMED_35, "G-B001", "Biologique", "12893009"),
        (SNOMED_35, "G-B017", "Biochimique", "80534008"),
        (TA_ASIP, "GEN-036", "Imagerie", "363679005"),
        (TA_ASIP, "MED-101", "Génétique moléculaire", "116148004"),
        (TA_ASIP, "MED-102", "Cytogénétique", "73735000"),
        (TA_ASIP, "MED-477", "Exploration fonctionnelle", "12894003"),
        (TA_ASIP, "MED-478", "Anatomopathologie", "108257001"),
        (TA_ASIP, "GEN-092", "Autre", "GEN-092.04.03"),
    ],
)

TECHNIQUES = value_set(
    "JDV_TechniquesDiagnostic_CISIS",
    "1.2.250.1.213.1.1.5.48",
    [
        (SNOMED_CT, "73735000", "Chromosomique (caryotype, FISH)"),
        (TA_ASIP, "MED-082", "Analyse chromosomique sur puce à ADN (ACPA)"),
        (TA_ASIP, "MED-083", "Analyse moléculaire ciblée (un ou plusieurs gènes)"),
        (TA_ASIP, "MED-084", "Analyse pangénomique"),
        (TA_ASIP, "GEN-092.04.17", "Autre technique"),
    ],
    [
        (TA_ASIP, "MED-081", "Chromosomique (caryotype, FISH)", "73735000"),
        (TA_ASIP, "GEN-092", "Autre", "GEN-092.04.17"),
    ],
)

MALFORMATION = value_set(
    "JDV_MalformationAntenatale_CISIS",
    "1.2.250.1.213.1.1.5.49",
    [
        (SNOMED_CT, "373067005", "Non"),
        (SNOMED_CT, "50607009", "Unique"),
        (SNOMED_CT, "255204007", "Multiple"),
    ],
    [
        (TA_ASIP, "GEN-009", "Non", "373067005"),
        (SNOMED_35, "G-A224", "Unique", "50607009"),
        (SNOMED_35, "G-A225", "Multiple", "255204007"),
    ],
)

VALUE_SETS = (AGE, APPRAISAL, STATUS, HEREDITY, INVESTIGATIONS, TECHNIQUES, MALFORMATION)
