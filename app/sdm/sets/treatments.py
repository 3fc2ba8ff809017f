"""Lists of our own for the collection of treatments (SDM-T): the BNDMR names its items, and publishes no codes."""

from app.sdm.concepts import own_list
from app.sdm.oids import RECUEILS

CONTEXT = own_list(
    RECUEILS,
    "BAMARA_ContextePrescription",
    ("amm", "Dans l’indication de l’AMM"),
    ("hors_amm", "Hors AMM"),
    ("acces_precoce", "Accès précoce"),
    ("acces_compassionnel", "Accès compassionnel (autorisation individuelle)"),
    ("cpc", "Cadre de prescription compassionnelle"),
    ("essai", "Essai clinique"),
    ("autre", "Autre"),
)
ROUTE = own_list(
    RECUEILS,
    "BAMARA_VoieAdministration",
    ("orale", "Orale"),
    ("iv", "Intraveineuse"),
    ("sc", "Sous-cutanée"),
    ("im", "Intramusculaire"),
    ("intrathecale", "Intrathécale"),
    ("inhalee", "Inhalée"),
    ("cutanee", "Cutanée"),
    ("oculaire", "Oculaire"),
    ("autre", "Autre"),
)
CHANGE = own_list(
    RECUEILS,
    "BAMARA_ChangementTraitement",
    ("augmentation", "Augmentation de la posologie"),
    ("diminution", "Diminution de la posologie"),
    ("suspension", "Suspension"),
    ("reprise", "Reprise"),
    ("forme", "Changement de forme ou de voie"),
)
EFFECT = own_list(
    RECUEILS,
    "BAMARA_EffetTraitement",
    ("amelioration", "Amélioration"),
    ("stabilite", "Stabilité"),
    ("aggravation", "Aggravation"),
    ("non_evaluable", "Non évaluable"),
)
EVENT_OUTCOME = own_list(
    RECUEILS,
    "BAMARA_EvolutionEvenement",
    ("resolu", "Résolu"),
    ("sequelles", "Résolu avec séquelles"),
    ("en_cours", "En cours"),
    ("deces", "Décès"),
    ("inconnu", "Inconnue"),
)
STOP = own_list(
    RECUEILS,
    "BAMARA_MotifArretTraitement",
    ("fin_prevue", "Fin prévue du traitement"),
    ("inefficacite", "Efficacité insuffisante"),
    ("tolerance", "Événement indésirable"),
    ("souhait", "Souhait du patient ou de sa famille"),
    ("relais", "Relais par un autre traitement"),
    ("guerison", "Amélioration ou guérison"),
    ("grossesse", "Grossesse ou projet de grossesse"),
    ("acces", "Fin de l’accès au médicament"),
    ("deces", "Décès"),
    ("perdu", "Perdu de vue"),
    ("autre", "Autre"),
)

VALUE_SETS = (CONTEXT, ROUTE, CHANGE, EFFECT, EVENT_OUTCOME, STOP)
