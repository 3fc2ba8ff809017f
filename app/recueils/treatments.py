"""SDM-T: the treatments of the rare disease, each with its history. Documents of 2021 and 2022 carry a list of current
treatments (« treatments » of the patient block); this collection is typed here and no document touches it."""

from __future__ import annotations

from datetime import date

from app.recueils.model import Edition, Recueil, asked, of_recueil
from app.recueils.treatment_course import COURSE_ITEMS
from app.sdm.answers import Quantity, Text
from app.sdm.coherence import NotInFuture
from app.sdm.conditions import AnyOf, Born, Equals
from app.sdm.constraints import Between, OneOf, Required, RequiredWhen
from app.sdm.kinds import ATC_CLASS, CENTIMETRES, COMMENT, DATE, DISEASE, DRUG, LINE
from app.sdm.value_sets import coded_in

DRUG_GROUP = "Médicament"
PRESCRIPTION = "Prescription"
PATIENT_THEN = "Au début du traitement"
KILOGRAMS = Quantity("kg", (("g", 0.001),))

UNDER_ACCESS = AnyOf("sdmt_context", ("acces_precoce", "acces_compassionnel", "cpc"))

DRUG_ITEMS = (
    asked(
        "sdmt_drug",
        "Médicament",
        LINE,
        DRUG_GROUP,
        (Required(),),
        help="Le nom de spécialité, ou celui de la substance s’il n’y en a pas encore.",
    ),
    asked("sdmt_inn", "Substance active (DCI)", LINE, DRUG_GROUP, help="La dénomination commune internationale."),
    asked("sdmt_atc", "Code ATC", ATC_CLASS, DRUG_GROUP, help="La classe ATC de la substance."),
    asked(
        "sdmt_orphan",
        "Désignation orpheline (EMA)",
        DRUG,
        DRUG_GROUP,
        help="Le numéro de désignation de médicament orphelin, s’il en a un.",
    ),
)

PRESCRIPTION_ITEMS = (
    asked(
        "sdmt_context",
        "Contexte de prescription",
        coded_in("BAMARA_ContextePrescription"),
        PRESCRIPTION,
        (Required(), OneOf()),
        help="Le cadre réglementaire dans lequel le médicament est prescrit.",
    ),
    asked(
        "sdmt_context_other",
        "Contexte : précision",
        LINE,
        PRESCRIPTION,
        (RequiredWhen(Equals("sdmt_context", "autre"), "pour un autre contexte"),),
        shown_when=Equals("sdmt_context", "autre"),
        help="Quelques mots sur cet autre contexte.",
    ),
    asked(
        "sdmt_access_request",
        "Date de la demande d’accès",
        DATE,
        PRESCRIPTION,
        (RequiredWhen(UNDER_ACCESS, "pour un accès précoce ou compassionnel"), NotInFuture()),
        shown_when=UNDER_ACCESS,
        help="Le jour où l’accès au médicament a été demandé.",
    ),
    asked(
        "sdmt_disease",
        "Maladie traitée",
        DISEASE,
        PRESCRIPTION,
        help="Le code ORPHA de la maladie pour laquelle le médicament est prescrit.",
    ),
    asked(
        "sdmt_indication",
        "Indication",
        Text(500, lines=2),
        PRESCRIPTION,
        (Required(),),
        help="Ce que l’on attend du traitement, et pour quelle forme de la maladie.",
    ),
    asked(
        "sdmt_meeting",
        "Date de la réunion pluridisciplinaire",
        DATE,
        PRESCRIPTION,
        (NotInFuture(),),
        help="La réunion qui a proposé ou validé ce traitement, s’il y en a eu une.",
    ),
    asked("sdmt_prescriber", "Prescripteur", LINE, PRESCRIPTION, help="Le nom du médecin qui a prescrit."),
)

START_ITEMS = (
    asked(
        "sdmt_weight",
        "Poids au début du traitement",
        KILOGRAMS,
        PATIENT_THEN,
        (Between(0.2, 300),),
        help="En kilogrammes.",
    ),
    asked(
        "sdmt_height",
        "Taille au début du traitement",
        CENTIMETRES,
        PATIENT_THEN,
        (Between(20, 250),),
        help="En centimètres.",
    ),
    asked(
        "sdmt_comorbidities",
        "Comorbidités",
        COMMENT,
        PATIENT_THEN,
        help="Les autres maladies qui comptent pour ce traitement.",
    ),
    asked("sdmt_previous", "Traitements antérieurs", COMMENT, PATIENT_THEN, help="Ce qui a été essayé auparavant."),
    asked(
        "sdmt_concomitant", "Traitements associés", COMMENT, PATIENT_THEN, help="Ce que le patient prend en même temps."
    ),
)

COURSE = of_recueil(
    "sdmt_treatment",
    "Traitement",
    "Traitements",
    (*DRUG_ITEMS, *PRESCRIPTION_ITEMS, *COURSE_ITEMS, *START_ITEMS),
    repeated=True,
)

TREATMENTS = Recueil(
    name="traitements",
    word="traitements",
    label="Traitements (SDM-T)",
    about="Les médicaments de la maladie rare : prescription, évolution des doses, effets et arrêt.",
    writes="hospital:fiche:write",
    writers="les cliniciens de l’hôpital",
    concerns=Born(),
    editions=(Edition(1, date(2026, 1, 1), (COURSE,), "Édition 1"),),
)
