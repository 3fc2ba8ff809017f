"""Lists of our own for the collection of fetal pathology."""

from app.sdm.concepts import own_list
from app.sdm.oids import RECUEILS

REASON = own_list(
    RECUEILS,
    "BAMARA_CirconstanceFoetopathologie",
    ("img", "Interruption médicale de grossesse"),
    ("mfiu", "Mort fœtale in utero"),
    ("fausse_couche", "Fausse couche"),
    ("ivg", "Interruption volontaire de grossesse"),
    ("neonatal", "Décès à la naissance ou néonatal"),
)
EXTENT = own_list(
    RECUEILS,
    "BAMARA_EtendueExamenFoetal",
    ("complet", "Examen complet"),
    ("limite", "Examen limité à la demande des parents"),
    ("externe", "Examen externe et imagerie"),
    ("placenta", "Placenta seul"),
)
MACERATION = own_list(
    RECUEILS,
    "BAMARA_Maceration",
    ("aucune", "Aucune"),
    ("legere", "Légère"),
    ("moderee", "Modérée"),
    ("severe", "Sévère"),
)
GROWTH = own_list(
    RECUEILS,
    "BAMARA_CroissanceFoetale",
    ("harmonieuse", "Conforme au terme"),
    ("restriction", "Restriction de croissance"),
    ("macrosomie", "Croissance excessive"),
    ("non_evaluable", "Non évaluable"),
)
IMAGING = own_list(
    RECUEILS,
    "BAMARA_ImagerieFoetale",
    ("photographies", "Photographies"),
    ("radiographies", "Radiographies"),
    ("scanner", "Scanner"),
    ("irm", "IRM"),
    ("aucune", "Aucune"),
)
RESULT = own_list(
    RECUEILS,
    "BAMARA_ConclusionFoetopathologie",
    ("syndrome", "Maladie ou syndrome identifié"),
    ("polymalformatif", "Syndrome polymalformatif sans cause identifiée"),
    ("isolee", "Malformation isolée"),
    ("placentaire", "Cause placentaire ou vasculaire"),
    ("infection", "Cause infectieuse"),
    ("maternelle", "Cause maternelle"),
    ("sans_anomalie", "Aucune anomalie retrouvée"),
    ("en_attente", "Conclusion en attente"),
)
AGREEMENT = own_list(
    RECUEILS,
    "BAMARA_ConcordancePrenatale",
    ("concordant", "Concordant avec le diagnostic prénatal"),
    ("complete", "Complète le diagnostic prénatal"),
    ("discordant", "Discordant"),
    ("sans_objet", "Aucun diagnostic prénatal"),
)
ADDITION = own_list(
    RECUEILS,
    "BAMARA_ComplementFoetopathologie",
    ("neuropathologie", "Neuropathologie"),
    ("genetique", "Génétique"),
    ("biochimie", "Biochimie"),
    ("microbiologie", "Microbiologie"),
    ("relecture", "Relecture"),
    ("autre", "Autre"),
)

VALUE_SETS = (REASON, EXTENT, MACERATION, GROWTH, IMAGING, RESULT, AGREEMENT, ADDITION)
