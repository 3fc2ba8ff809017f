"""Value sets of the care: how the patient came, what was done, by whom."""

from app.sdm.concepts import value_set
from app.sdm.oids import (
    ACT_CODE,
    ACTIVITY_MODES,
    PROFESSIONS,
    PROFESSIONS_OTHER,
    PROFESSIONS_SOCIAL,
    PROFESSIONS_TITLE,
    SNOMED_35,
    SNOMED_CT,
    TA_ASIP,
)

REFERRED_BY = value_set(
    "JDV_PatientAdressePar_CISIS",
    "1.2.250.1.213.1.1.5.38",
    [
        (PROFESSIONS, "G15_10/SM54", "Médecin généraliste"),
        (TA_ASIP, "ORG-021", "Pédiatre de ville"),
        (TA_ASIP, "ORG-022", "Pédiatre hospitalier"),
        (PROFESSIONS, "G15_10/C72", "Généticien"),
        (PROFESSIONS, "G15_10/C23", "Gynécologue-obstétricien"),
        (TA_ASIP, "GEN-092.05.02", "Autre spécialiste"),
        (TA_ASIP, "ORG-182", "Centre de référence maladies rares (CRMR)"),
        (TA_ASIP, "ORG-183", "Centre de compétence maladies rares (CCMR)"),
        (TA_ASIP, "ORG-025", "Site de prise en charge"),
        (TA_ASIP, "ORG-026", "Centre pluridisciplinaire de diagnostic prénatal"),
        (TA_ASIP, "ORG-023", "Centre de protection maternelle et infantile"),
        (TA_ASIP, "ORG-020", "Association de patients"),
        (TA_ASIP, "ORG-019", "Venu de lui-même"),
        (TA_ASIP, "GEN-092.05.01", "Autre personne"),
    ],
    [
        (TA_ASIP, "GEN-092", "Autre", "GEN-092.05.01"),
        (TA_ASIP, "ORG-024", "Autre spécialiste", "GEN-092.05.02"),
        (TA_ASIP, "ORG-027", "Centre de dépistage prénatal", None),
    ],
)

CARE_TYPE = value_set(
    "JDV_HL7_ActEncounterCode_CISIS",
    "2.16.840.1.113883.1.11.13955",
    [
        (ACT_CODE, "AMB", "Ambulatoire (hors établissement)"),
        (ACT_CODE, "EMER", "Passage aux urgences"),
        (ACT_CODE, "FLD", "Terrain (voie publique, hélicoptère, ambulance…)"),
        (ACT_CODE, "HH", "Soins à domicile"),
        (ACT_CODE, "IMP", "Hospitalisation (y compris à domicile)"),
        (ACT_CODE, "OBSENC", "Observation"),
        (ACT_CODE, "PRENC", "Pré-admission"),
        (ACT_CODE, "SS", "Hospitalisation de jour"),
        (ACT_CODE, "VR", "Virtuelle (par exemple RCP en l’absence du patient)"),
    ],
    [(TA_ASIP, "ORG-045", "Hospitalisation traditionnelle", "IMP")],
)

ACTIVITY_CONTEXT = value_set(
    "JDV_ContexteActivite_CISIS",
    "1.2.250.1.213.1.1.5.40",
    [
        (SNOMED_CT, "11429006", "Consultation"),
        (SNOMED_CT, "1268903003", "Consultation pluridisciplinaire"),
        (SNOMED_CT, "448337001", "Téléconsultation"),
        (ACTIVITY_MODES, "29", "Hospitalisation de jour"),
        (TA_ASIP, "ORG-045", "Hospitalisation traditionnelle"),
        (TA_ASIP, "ORG-029", "Avis sur dossier en consultation"),
        (TA_ASIP, "ORG-030", "Avis en salle"),
        (TA_ASIP, "MED-095", "Avis d’expertise sur un dossier"),
        (TA_ASIP, "ORG-198", "RCP régionale ou locale – centre organisateur"),
        (TA_ASIP, "ORG-199", "RCP nationale ou européenne – centre participatif"),
        (TA_ASIP, "GEN-092.05.04", "Autre contexte"),
    ],
    [
        (TA_ASIP, "GEN-031", "Autre contexte", "GEN-092.05.04"),
        (TA_ASIP, "ORG-044", "Hôpital de jour", "29"),
        (SNOMED_35, "P2-00130", "Consultation", "11429006"),
        (TA_ASIP, "MED-096", "Téléconsultation", "448337001"),
        (TA_ASIP, "ORG-028", "Consultation pluridisciplinaire", "1268903003"),
        # Split in two (ORG-198, ORG-199): nothing says which one was meant.
        (TA_ASIP, "ORG-113", "Réunion de concertation pluridisciplinaire (RCP)", None),
    ],
)

ACTIVITY_OBJECTIVE = value_set(
    "JDV_ObjectifActivite_CISIS",
    "1.2.250.1.213.1.1.5.41",
    [
        (SNOMED_CT, "165197003", "Diagnostic"),
        (SNOMED_CT, "413467001", "Suivi"),
        (TA_ASIP, "ORG-046", "Mise en place de la prise en charge"),
        (SNOMED_CT, "79841006", "Conseil génétique"),
        (TA_ASIP, "MED-1289", "Rendu de résultat de diagnostic génétique"),
        (SNOMED_CT, "243787009", "Diagnostic prénatal"),
        (TA_ASIP, "MED-100", "Diagnostic préimplantatoire"),
        (SNOMED_CT, "373110003", "Prise en charge en urgence"),
        (TA_ASIP, "ORG-031", "Acte médical"),
        (SNOMED_CT, "410129006", "Éducation thérapeutique"),
        (SNOMED_CT, "713069004", "Consultation de transition enfant-adulte"),
        (TA_ASIP, "ORG-049", "Protocole de recherche"),
    ],
    [
        (TA_ASIP, "MED-097", "Diagnostic", "165197003"),
        (TA_ASIP, "MED-098", "Conseil génétique", "79841006"),
        (TA_ASIP, "MED-099", "Diagnostic prénatal", "243787009"),
        (TA_ASIP, "ORG-047", "Suivi", "413467001"),
        (TA_ASIP, "ORG-048", "Prise en charge en urgence", "373110003"),
        (TA_ASIP, "ORG-123", "Consultation de transition enfant-adulte", "713069004"),
        (TA_ASIP, "ORG-164", "Éducation thérapeutique", "410129006"),
    ],
)

PROFESSION = value_set(
    "JDV_ProfessionPersonnelActivite_CISIS",
    "1.2.250.1.213.1.1.5.42",
    [
        (PROFESSIONS, "G15_10", "Médecin"),
        (PROFESSIONS_OTHER, "329", "Conseiller en génétique"),
        (PROFESSIONS, "G15_60", "Infirmier"),
        (PROFESSIONS, "G15_70", "Masseur-kinésithérapeute"),
        (PROFESSIONS, "G15_91", "Orthophoniste"),
        (PROFESSIONS, "G15_94", "Ergothérapeute"),
        (PROFESSIONS, "G15_95", "Diététicien"),
        (PROFESSIONS, "G15_96", "Psychomotricien"),
        (PROFESSIONS_TITLE, "93", "Psychologue"),
        (PROFESSIONS_SOCIAL, "41", "Assistant de service social"),
        (PROFESSIONS_OTHER, "326", "Éducateur spécialisé"),
        (PROFESSIONS_OTHER, "312", "Autre professionnel"),
    ],
    [
        # No published crosswalk for this list: linked by their labels.
        (TA_ASIP, "ORG-050", "Assistante sociale", "41"),
        (TA_ASIP, "ORG-051", "Psychologue", "93"),
        (TA_ASIP, "ORG-052", "Conseiller en génétique", "329"),
        (TA_ASIP, "ORG-053", "Autre professionnel", "312"),
        (TA_ASIP, "ORG-032", "Enseignant spécialisé", None),
        (PROFESSIONS_TITLE, "97", "Conseiller en génétique", "329"),
        (PROFESSIONS_SOCIAL, "51", "Éducateur spécialisé", "326"),
    ],
)

VALUE_SETS = (REFERRED_BY, CARE_TYPE, ACTIVITY_CONTEXT, ACTIVITY_OBJECTIVE, PROFESSION)
