"""Errance and impasse: where the search of a diagnosis stands, and each time the file was looked at again."""

from __future__ import annotations

from datetime import date

from app.recueils.model import Edition, Recueil, asked, of_recueil
from app.sdm.answers import Text
from app.sdm.coherence import NotBefore, NotInFuture
from app.sdm.conditions import AnyOf, Born, Equals
from app.sdm.constraints import OneOf, Required, RequiredWhen
from app.sdm.kinds import COMMENT, DATE, DISEASE, LINE, YES_NO
from app.sdm.value_sets import coded_in

SITUATION = "Situation"
EXPLORATION = "Explorations"
GENOME = "Séquençage du génome"
NEXT = "Suite"

IMPASSE = Equals("errance_situation", "impasse")
SEARCHED = AnyOf("errance_situation", ("errance", "impasse"))
PRESCRIBED = AnyOf("errance_genome", ("prescrit", "rendu"))
RETURNED = Equals("errance_genome", "rendu")
DIAGNOSED = Equals("errance_review_conclusion", "diagnostic")

SITUATION_ITEMS = (
    asked(
        "errance_situation",
        "Situation diagnostique",
        coded_in("BAMARA_SituationDiagnostique"),
        SITUATION,
        (Required(), OneOf()),
        help="L’errance va des premiers signes au diagnostic ; l’impasse commence quand les explorations disponibles "
        "n’ont pas conclu.",
    ),
    asked(
        "errance_situation_date",
        "Situation établie le",
        DATE,
        SITUATION,
        (Required(), NotInFuture()),
        help="Le jour où cette situation a été constatée.",
    ),
    asked(
        "errance_first_signs",
        "Date des premiers signes",
        DATE,
        SITUATION,
        (RequiredWhen(SEARCHED, "tant que le diagnostic n’est pas posé"), NotInFuture()),
        help="L’année suffit. Le délai d’errance se compte à partir de cette date.",
    ),
    asked(
        "errance_first_visit",
        "Première consultation spécialisée",
        DATE,
        SITUATION,
        (NotInFuture(), NotBefore("errance_first_signs", "Cette consultation précède les premiers signes.")),
        help="La première consultation dans un centre maladies rares.",
    ),
    asked(
        "errance_impasse_date",
        "En impasse depuis",
        DATE,
        SITUATION,
        (
            RequiredWhen(IMPASSE, "pour une impasse"),
            NotInFuture(),
            NotBefore("errance_first_signs", "L’impasse précède les premiers signes."),
        ),
        shown_when=IMPASSE,
        help="Le jour où les explorations disponibles ont été jugées épuisées.",
    ),
    asked(
        "errance_impasse_kind",
        "Type d’impasse",
        coded_in("BAMARA_TypeImpasse"),
        SITUATION,
        (RequiredWhen(IMPASSE, "pour une impasse"), OneOf()),
        shown_when=IMPASSE,
        help="Ce qui empêche de conclure aujourd’hui.",
    ),
)

EXPLORATION_ITEMS = (
    asked(
        "errance_investigations",
        "Explorations réalisées",
        coded_in("BAMARA_ExplorationDiagnostique"),
        EXPLORATION,
        (RequiredWhen(IMPASSE, "pour une impasse"), OneOf()),
        multiple=True,
        help="Celles dont le résultat est connu. Plusieurs réponses sont possibles.",
    ),
    asked(
        "errance_hypotheses", "Hypothèses écartées", COMMENT, EXPLORATION, help="Les maladies cherchées et écartées."
    ),
    asked(
        "errance_genome",
        "Séquençage du génome",
        coded_in("BAMARA_SequencageGenome"),
        GENOME,
        (RequiredWhen(IMPASSE, "pour une impasse"), OneOf()),
        help="Dans le Plan France Médecine Génomique 2025 ou ailleurs.",
    ),
    asked(
        "errance_genome_indication",
        "Préindication",
        Text(200),
        GENOME,
        shown_when=PRESCRIBED,
        help="La préindication du plan sous laquelle il est prescrit.",
    ),
    asked(
        "errance_genome_platform",
        "Plateforme",
        coded_in("BAMARA_PlateformeSequencage"),
        GENOME,
        (OneOf(),),
        shown_when=PRESCRIBED,
        help="Le laboratoire qui séquence.",
    ),
    asked(
        "errance_genome_prescribed",
        "Prescrit le",
        DATE,
        GENOME,
        (RequiredWhen(PRESCRIBED, "quand le séquençage est prescrit"), NotInFuture()),
        shown_when=PRESCRIBED,
        help="Le jour de la prescription.",
    ),
    asked(
        "errance_genome_returned",
        "Rendu le",
        DATE,
        GENOME,
        (
            RequiredWhen(RETURNED, "quand le résultat est rendu"),
            NotInFuture(),
            NotBefore("errance_genome_prescribed", "Le résultat précède la prescription."),
        ),
        shown_when=RETURNED,
        help="Le jour du compte rendu.",
    ),
    asked(
        "errance_genome_result",
        "Résultat",
        coded_in("BAMARA_ResultatGenome"),
        GENOME,
        (RequiredWhen(RETURNED, "quand le résultat est rendu"), OneOf()),
        shown_when=RETURNED,
        help="La conclusion du compte rendu.",
    ),
)

NEXT_ITEMS = (
    asked(
        "errance_next_review",
        "Prochaine réévaluation",
        DATE,
        NEXT,
        (RequiredWhen(IMPASSE, "pour une impasse"),),
        shown_when=SEARCHED,
        help="Quand le dossier sera relu ; le mois ou l’année suffisent.",
    ),
    asked(
        "errance_contact",
        "Accord pour être recontacté",
        YES_NO,
        NEXT,
        help="Le patient accepte-t-il d’être recontacté si une exploration nouvelle devient possible ?",
    ),
)

REVIEW_ITEMS = (
    asked(
        "errance_review_date",
        "Date",
        DATE,
        constraints=(Required(), NotInFuture()),
        help="Le jour de la réunion ou de la relecture.",
    ),
    asked(
        "errance_review_kind",
        "Cadre",
        coded_in("BAMARA_TypeReevaluation"),
        constraints=(Required(), OneOf()),
        help="Dans quel cadre le dossier a été revu.",
    ),
    asked(
        "errance_review_conclusion",
        "Conclusion",
        coded_in("BAMARA_ConclusionReevaluation"),
        constraints=(Required(), OneOf()),
        help="Ce qui a été décidé.",
    ),
    asked(
        "errance_review_disease",
        "Diagnostic posé",
        DISEASE,
        constraints=(RequiredWhen(DIAGNOSED, "quand un diagnostic est posé"),),
        shown_when=DIAGNOSED,
        help="Le reporter aussi dans le bloc « Diagnostics » de la fiche.",
    ),
    asked("errance_review_next", "Exploration décidée", LINE, help="L’examen prescrit, ou ce qui est attendu."),
    asked("errance_review_comment", "Commentaire", COMMENT, help="Ce qui éclaire la conclusion."),
)

SITUATION_BLOCK = of_recueil(
    "errance_state",
    "Situation diagnostique",
    "Situation diagnostique",
    (*SITUATION_ITEMS, *EXPLORATION_ITEMS, *NEXT_ITEMS),
)
REVIEW_BLOCK = of_recueil("errance_review", "Réévaluation", "Réévaluations", REVIEW_ITEMS, repeated=True)

ERRANCE = Recueil(
    name="errance",
    word="errance-impasse",
    label="Errance et impasse diagnostiques",
    about="Où en est la recherche du diagnostic, ce qui a été exploré, quand le dossier sera relu.",
    writes="hospital:fiche:write",
    writers="les cliniciens de l’hôpital",
    concerns=Born(),
    editions=(Edition(1, date(2026, 1, 1), (SITUATION_BLOCK, REVIEW_BLOCK), "Édition 1"),),
)
