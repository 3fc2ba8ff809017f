"""Fetal pathology: the examination after the end of a pregnancy or a perinatal death. Its own right writes it."""

from __future__ import annotations

from datetime import date

from app.recueils.model import Edition, Recueil, asked, of_recueil
from app.sdm.coherence import NotBefore, NotInFuture
from app.sdm.conditions import Either, IsTrue, Unborn
from app.sdm.constraints import Between, OneOf, Required, RequiredWhen, Rpps
from app.sdm.kinds import CENTIMETRES, CLINICAL_SIGN, CODE, COMMENT, DATE, DISEASE, GRAMS, LINE, WEEKS, YES_NO
from app.sdm.value_sets import coded_in

FRAME = "Cadre de l’examen"
BODY = "Biométrie"
FINDINGS = "Constatations"
SAMPLES = "Placenta et prélèvements"
CONCLUSION = "Conclusion"

FRAME_ITEMS = (
    asked(
        "foeto_reason",
        "Circonstance",
        coded_in("BAMARA_CirconstanceFoetopathologie"),
        FRAME,
        (Required(), OneOf()),
        help="Ce qui a mis fin à la grossesse ou à la vie.",
    ),
    asked(
        "foeto_consent",
        "Autorisation écrite des parents",
        YES_NO,
        FRAME,
        (Required(),),
        help="L’examen ne se fait qu’avec leur accord, pour l’étendue qu’ils ont acceptée.",
    ),
    asked(
        "foeto_extent",
        "Étendue de l’examen",
        coded_in("BAMARA_EtendueExamenFoetal"),
        FRAME,
        (Required(), OneOf()),
        help="Telle que les parents l’ont acceptée.",
    ),
    asked("foeto_date", "Date de l’examen", DATE, FRAME, (Required(), NotInFuture()), help="Le jour de l’examen."),
    asked(
        "foeto_term",
        "Terme",
        WEEKS,
        FRAME,
        (Required(), Between(4, 45)),
        help="En semaines d’aménorrhée révolues.",
    ),
    asked(
        "foeto_pathologist", "Fœtopathologiste", LINE, FRAME, (Required(),), help="Le médecin responsable de l’examen."
    ),
    asked("foeto_rpps", "Fœtopathologiste : RPPS", CODE, FRAME, (Rpps(),), help="Ses onze chiffres."),
    asked(
        "foeto_prenatal",
        "Diagnostic prénatal",
        COMMENT,
        FRAME,
        help="Les signes vus avant la naissance et l’hypothèse retenue.",
    ),
)

BODY_ITEMS = (
    asked(
        "foeto_maceration",
        "Macération",
        coded_in("BAMARA_Maceration"),
        BODY,
        (OneOf(),),
        help="Elle limite ce que l’examen peut montrer.",
    ),
    asked("foeto_weight", "Poids", GRAMS, BODY, (Between(0, 8000),), help="En grammes."),
    asked("foeto_crown_heel", "Longueur vertex-talon", CENTIMETRES, BODY, (Between(1, 65),), help="En centimètres."),
    asked("foeto_crown_rump", "Longueur vertex-coccyx", CENTIMETRES, BODY, (Between(1, 45),), help="En centimètres."),
    asked("foeto_head", "Périmètre crânien", CENTIMETRES, BODY, (Between(1, 50),), help="En centimètres."),
    asked("foeto_foot", "Longueur du pied", CENTIMETRES, BODY, (Between(0.1, 10),), help="En centimètres."),
    asked(
        "foeto_growth",
        "Croissance",
        coded_in("BAMARA_CroissanceFoetale"),
        BODY,
        (OneOf(),),
        help="Comparée aux courbes pour le terme.",
    ),
)

FINDING_ITEMS = (
    asked(
        "foeto_imaging",
        "Imagerie",
        coded_in("BAMARA_ImagerieFoetale"),
        FINDINGS,
        (OneOf(),),
        multiple=True,
        help="Ce qui a été fait avant ou avec l’examen. Plusieurs réponses sont possibles.",
    ),
    asked("foeto_imaging_findings", "Imagerie : constatations", COMMENT, FINDINGS, help="Ce qu’elle montre."),
    asked(
        "foeto_signs",
        "Anomalies constatées",
        CLINICAL_SIGN,
        FINDINGS,
        multiple=True,
        help="Codées en HPO : une réponse par anomalie.",
    ),
    asked("foeto_macroscopy", "Macroscopie", COMMENT, FINDINGS, help="Examen externe et des organes."),
    asked("foeto_histology", "Histologie", COMMENT, FINDINGS, help="Les lésions vues au microscope."),
    asked("foeto_brain", "Neuropathologie réalisée", YES_NO, FINDINGS, help="L’encéphale a-t-il été examiné à part ?"),
    asked(
        "foeto_brain_findings",
        "Neuropathologie : constatations",
        COMMENT,
        FINDINGS,
        (RequiredWhen(IsTrue("foeto_brain"), "quand l’encéphale a été examiné"),),
        shown_when=IsTrue("foeto_brain"),
        help="La conclusion de l’examen de l’encéphale.",
    ),
)

SAMPLE_ITEMS = (
    asked(
        "foeto_placenta", "Placenta examiné", YES_NO, SAMPLES, (Required(),), help="L’examen du placenta est-il fait ?"
    ),
    asked(
        "foeto_placenta_weight",
        "Poids du placenta",
        GRAMS,
        SAMPLES,
        (Between(0, 3000),),
        shown_when=IsTrue("foeto_placenta"),
        help="En grammes, cordon et membranes retirés.",
    ),
    asked(
        "foeto_placenta_findings",
        "Placenta : constatations",
        COMMENT,
        SAMPLES,
        shown_when=IsTrue("foeto_placenta"),
        help="Macroscopie et histologie du placenta.",
    ),
    asked(
        "foeto_samples",
        "Prélèvements conservés",
        YES_NO,
        SAMPLES,
        help="Un tissu congelé, des cellules ou de l’ADN sont-ils conservés ?",
    ),
    asked(
        "foeto_samples_place",
        "Lieu de conservation",
        LINE,
        SAMPLES,
        shown_when=IsTrue("foeto_samples"),
        help="Le laboratoire ou la biobanque.",
    ),
)

CONCLUSION_ITEMS = (
    asked(
        "foeto_result",
        "Conclusion",
        coded_in("BAMARA_ConclusionFoetopathologie"),
        CONCLUSION,
        (Required(), OneOf()),
        help="La conclusion principale du compte rendu.",
    ),
    asked("foeto_disease", "Maladie identifiée", DISEASE, CONCLUSION, help="Le code ORPHA le plus précis."),
    asked(
        "foeto_agreement",
        "Accord avec le diagnostic prénatal",
        coded_in("BAMARA_ConcordancePrenatale"),
        CONCLUSION,
        (OneOf(),),
        help="Ce que l’examen ajoute à ce qui était connu.",
    ),
    asked(
        "foeto_report_date",
        "Date du compte rendu",
        DATE,
        CONCLUSION,
        (NotInFuture(), NotBefore("foeto_date", "Le compte rendu précède l’examen.")),
        help="Le jour où il a été signé.",
    ),
    asked("foeto_counselling", "Conseil génétique proposé", YES_NO, CONCLUSION, help="Aux parents, après l’examen."),
    asked("foeto_comment", "Commentaire", COMMENT, CONCLUSION, help="Le risque de récurrence, ce qui reste à faire."),
)

ADDITION_ITEMS = (
    asked(
        "foeto_addition_date",
        "Date",
        DATE,
        constraints=(Required(), NotInFuture()),
        help="Le jour du résultat.",
    ),
    asked(
        "foeto_addition_kind",
        "Examen",
        coded_in("BAMARA_ComplementFoetopathologie"),
        constraints=(Required(), OneOf()),
        help="L’examen dont le résultat est arrivé après le compte rendu.",
    ),
    asked("foeto_addition_result", "Résultat", COMMENT, constraints=(Required(),), help="En quelques lignes."),
)

EXAMINATION = of_recueil(
    "foeto_examination",
    "Examen fœtopathologique",
    "Examen fœtopathologique",
    (*FRAME_ITEMS, *BODY_ITEMS, *FINDING_ITEMS, *SAMPLE_ITEMS, *CONCLUSION_ITEMS),
)
ADDITION = of_recueil("foeto_addition", "Complément", "Compléments", ADDITION_ITEMS, repeated=True)

FOETOPATHOLOGY = Recueil(
    name="foetopathologie",
    word="foetopathologie",
    label="Fœtopathologie",
    about="L’examen fait après la fin d’une grossesse ou un décès périnatal, et ce qu’il conclut.",
    writes="hospital:foetopathology:write",
    writers="les fœtopathologistes de l’hôpital",
    concerns=Either((Unborn(), IsTrue("deceased"))),
    editions=(Edition(1, date(2026, 1, 1), (EXAMINATION, ADDITION), "Édition 1"),),
)
