"""Lists of our own for the collection on diagnostic wandering and dead ends (errance, impasse)."""

from app.sdm.concepts import own_list
from app.sdm.oids import RECUEILS

SITUATION = own_list(
    RECUEILS,
    "BAMARA_SituationDiagnostique",
    ("errance", "En errance : explorations en cours"),
    ("impasse", "En impasse : explorations disponibles épuisées"),
    ("pose", "Diagnostic posé"),
    ("arret", "Explorations arrêtées à la demande du patient"),
    ("perdu", "Perdu de vue"),
)
IMPASSE = own_list(
    RECUEILS,
    "BAMARA_TypeImpasse",
    ("atypique", "Forme atypique d’une maladie connue"),
    ("sans_cause", "Tableau évocateur sans cause retrouvée"),
    ("vsi", "Variant de signification incertaine"),
    ("un_variant", "Un seul variant dans un gène récessif"),
    ("gene_candidat", "Gène candidat à confirmer"),
    ("acces", "Exploration indiquée mais non accessible"),
    ("autre", "Autre"),
)
INVESTIGATION = own_list(
    RECUEILS,
    "BAMARA_ExplorationDiagnostique",
    ("biologie", "Biologie spécialisée"),
    ("imagerie", "Imagerie"),
    ("histologie", "Histologie ou biopsie"),
    ("fonctionnel", "Exploration fonctionnelle"),
    ("caryotype", "Caryotype"),
    ("acpa", "ACPA (CGH-array, SNP-array)"),
    ("panel", "Panel de gènes"),
    ("exome", "Exome"),
    ("genome", "Génome"),
    ("arn", "Séquençage des ARN"),
    ("methylation", "Profil de méthylation"),
    ("autre", "Autre"),
)
GENOME = own_list(
    RECUEILS,
    "BAMARA_SequencageGenome",
    ("non_indique", "Non indiqué"),
    ("a_discuter", "À discuter en réunion"),
    ("prescrit", "Prescrit, en attente"),
    ("rendu", "Résultat rendu"),
    ("refuse", "Refusé par le patient"),
)
PLATFORM = own_list(
    RECUEILS,
    "BAMARA_PlateformeSequencage",
    ("seqoia", "SeqOIA"),
    ("auragen", "AURAGEN"),
    ("autre", "Autre laboratoire"),
)
GENOME_RESULT = own_list(
    RECUEILS,
    "BAMARA_ResultatGenome",
    ("causal", "Anomalie causale identifiée"),
    ("vsi", "Variant de signification incertaine"),
    ("negatif", "Aucune anomalie retrouvée"),
)
REVIEW = own_list(
    RECUEILS,
    "BAMARA_TypeReevaluation",
    ("rcp_locale", "Réunion pluridisciplinaire du centre"),
    ("rcp_filiere", "Réunion pluridisciplinaire de la filière"),
    ("rcp_amont", "Réunion d’amont du PFMG 2025"),
    ("rcp_aval", "Réunion d’aval du PFMG 2025"),
    ("relecture", "Relecture du dossier"),
    ("reanalyse", "Réanalyse des données de séquençage"),
    ("consultation", "Consultation de réévaluation"),
)
CONCLUSION = own_list(
    RECUEILS,
    "BAMARA_ConclusionReevaluation",
    ("diagnostic", "Diagnostic posé"),
    ("exploration", "Nouvelle exploration prescrite"),
    ("attente", "Résultats attendus"),
    ("impasse", "Impasse confirmée"),
)

VALUE_SETS = (SITUATION, IMPASSE, INVESTIGATION, GENOME, PLATFORM, GENOME_RESULT, REVIEW, CONCLUSION)
