"""SDM-T: the course of a treatment: its start, its changes of dose, its visits, what went wrong, its end."""

from __future__ import annotations

from app.recueils.model import asked
from app.sdm.answers import Group
from app.sdm.coherence import NotBefore, NotInFuture
from app.sdm.conditions import AnyOf, Filled, IsTrue
from app.sdm.constraints import OneOf, Required, RequiredWhen
from app.sdm.kinds import COMMENT, DATE, LINE, YES_NO
from app.sdm.value_sets import coded_in

COURSE = "Déroulement"
END = "Arrêt"
BEFORE_START = "Cette date précède le début du traitement."
AFTER_BEGINNING = (Required(), NotInFuture(), NotBefore("sdmt_start", BEFORE_START))
NEW_DOSE = AnyOf("sdmt_change_kind", ("augmentation", "diminution", "reprise"))

CHANGE = Group(
    (
        asked("sdmt_change_date", "Date", DATE, constraints=AFTER_BEGINNING, help="Le jour du changement."),
        asked(
            "sdmt_change_kind",
            "Changement",
            coded_in("BAMARA_ChangementTraitement"),
            constraints=(Required(), OneOf()),
            help="Ce qui a changé.",
        ),
        asked(
            "sdmt_change_dose",
            "Nouvelle posologie",
            LINE,
            constraints=(RequiredWhen(NEW_DOSE, "quand la posologie change"),),
            help="La dose et le rythme à partir de ce jour.",
        ),
        asked("sdmt_change_reason", "Motif", LINE, help="Pourquoi ce changement."),
    )
)

VISIT = Group(
    (
        asked("sdmt_visit_date", "Date de la visite", DATE, constraints=AFTER_BEGINNING, help="Le jour de la visite."),
        asked(
            "sdmt_visit_effect",
            "Effet observé",
            coded_in("BAMARA_EffetTraitement"),
            constraints=(Required(), OneOf()),
            help="L’effet du traitement depuis la visite précédente.",
        ),
        asked("sdmt_visit_comment", "Précision", LINE, help="La mesure ou l’échelle qui le montre."),
    )
)

EVENT = Group(
    (
        asked("sdmt_event_date", "Date de survenue", DATE, constraints=AFTER_BEGINNING, help="Le premier jour."),
        asked("sdmt_event", "Événement indésirable", LINE, constraints=(Required(),), help="En quelques mots."),
        asked(
            "sdmt_event_serious",
            "Grave",
            YES_NO,
            constraints=(Required(),),
            help="Décès, mise en danger, hospitalisation, séquelles ou malformation.",
        ),
        asked(
            "sdmt_event_reported",
            "Déclaré à la pharmacovigilance",
            YES_NO,
            constraints=(RequiredWhen(IsTrue("sdmt_event_serious"), "pour un événement grave"),),
            help="L’événement a-t-il été déclaré au centre régional de pharmacovigilance ?",
        ),
        asked(
            "sdmt_event_outcome",
            "Évolution",
            coded_in("BAMARA_EvolutionEvenement"),
            constraints=(OneOf(),),
            help="Où en est l’événement.",
        ),
    )
)

COURSE_ITEMS = (
    asked(
        "sdmt_start",
        "Début du traitement",
        DATE,
        COURSE,
        (Required(), NotInFuture(), NotBefore("birth_date", "Le début du traitement précède la naissance.")),
        help="Le jour de la première prise ; le mois ou l’année suffisent.",
    ),
    asked(
        "sdmt_dose",
        "Posologie de départ",
        LINE,
        COURSE,
        (Required(),),
        help="La dose et le rythme, par exemple 2 mg/kg/j.",
    ),
    asked(
        "sdmt_route",
        "Voie d’administration",
        coded_in("BAMARA_VoieAdministration"),
        COURSE,
        (OneOf(),),
        help="La voie principale.",
    ),
    asked("sdmt_duration", "Durée envisagée", LINE, COURSE, help="Par exemple : six mois, au long cours."),
    asked(
        "sdmt_changes",
        "Changements de dose, suspensions et reprises",
        CHANGE,
        COURSE,
        help="Un élément par changement, dans l’ordre que l’on veut.",
    ),
    asked("sdmt_visits", "Visites de suivi", VISIT, COURSE, help="Un élément par visite où l’effet a été jugé."),
    asked(
        "sdmt_events",
        "Événements indésirables",
        EVENT,
        COURSE,
        help="Les noter ici ne remplace pas leur déclaration à la pharmacovigilance.",
    ),
    asked(
        "sdmt_stop",
        "Fin du traitement",
        DATE,
        END,
        (NotInFuture(), NotBefore("sdmt_start", "La fin du traitement précède son début.")),
        help="À laisser vide tant que le traitement est en cours.",
    ),
    asked(
        "sdmt_stop_reason",
        "Motif de l’arrêt",
        coded_in("BAMARA_MotifArretTraitement"),
        END,
        (RequiredWhen(Filled("sdmt_stop"), "quand le traitement est arrêté"), OneOf()),
        shown_when=Filled("sdmt_stop"),
        help="Le motif principal.",
    ),
    asked(
        "sdmt_stop_comment",
        "Arrêt : précision",
        COMMENT,
        END,
        shown_when=Filled("sdmt_stop"),
        help="Ce qui éclaire la décision.",
    ),
)
