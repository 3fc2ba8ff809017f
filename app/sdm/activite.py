"""An activity: added to the fiche, replaced whole when its sender sends it again (§4.5)."""

from app.sdm.coherence import NotAfter, NotBefore, NotInFuture
from app.sdm.conditions import AnyOf, BeganBeforeBirth, Either, Equals
from app.sdm.constraints import Finess, OneOf, Required, RequiredWhen, Rpps
from app.sdm.kinds import CODE, COMMUNE, COUNTRY, DATE, LINE
from app.sdm.model import Block, Item, Merge
from app.sdm.value_sets import coded_in

ACTIVITY = "Activité"
PERFORMER = "Professionnel"
PLACE = "Lieu"

OTHER_CONTEXT = "GEN-092.05.04"
WITHOUT_THE_PATIENT = Either(
    (
        # Opinions on a record and multidisciplinary meetings; « autre contexte » may be a post-mortem examination.
        AnyOf("activity_context", ("ORG-029", "ORG-030", "MED-095", "ORG-198", "ORG-199", "ORG-113", OTHER_CONTEXT)),
        # A genetic result or counselling is owed to the family after a death.
        AnyOf("activity_objectives", ("MED-1289", "79841006")),
    )
)
BEFORE_BIRTH = Either((BeganBeforeBirth(), WITHOUT_THE_PATIENT, AnyOf("activity_objectives", ("243787009", "MED-100"))))

ITEMS = (
    Item(
        "activity_site_id",
        "Site maladies rares de l’activité",
        CODE,
        ACTIVITY,
        help="Le site pour lequel l’activité est déclarée ; il doit avoir une prise en charge dans la fiche.",
    ),
    Item(
        "activity_site_label",
        "Site (libellé reçu)",
        LINE,
        ACTIVITY,
        typed=False,
        help="Tel que le document l’a transmis.",
    ),
    Item(
        "activity_date",
        "Date de l’activité",
        DATE,
        ACTIVITY,
        (
            Required(),
            NotInFuture(),
            NotBefore("birth_date", "L’activité précède la naissance.", unless=BEFORE_BIRTH),
            NotAfter("death_date", "L’activité est postérieure au décès.", unless=WITHOUT_THE_PATIENT),
        ),
        help="Le jour de la consultation, du séjour ou de l’avis.",
    ),
    Item(
        "activity_context",
        "Contexte de l’activité",
        coded_in("JDV_ContexteActivite_CISIS"),
        ACTIVITY,
        (Required(), OneOf()),
        help="Dans quel cadre le patient, ou son dossier, a été vu.",
    ),
    Item(
        "activity_context_other",
        "Contexte : précision",
        LINE,
        ACTIVITY,
        (RequiredWhen(Equals("activity_context", OTHER_CONTEXT), "pour un autre contexte"),),
        since="2024.01",
        shown_when=Equals("activity_context", OTHER_CONTEXT),
        help="Quelques mots sur cet autre contexte.",
    ),
    Item(
        "activity_objectives",
        "Objectifs de l’activité",
        coded_in("JDV_ObjectifActivite_CISIS"),
        ACTIVITY,
        (Required(), OneOf()),
        multiple=True,
        help="Ce que visait l’activité. Plusieurs réponses sont possibles.",
    ),
    Item(
        "activity_performer_name",
        "Personne ayant réalisé l’activité : nom",
        LINE,
        PERFORMER,
        (Required(),),
        help="Le professionnel du site qui a réalisé l’activité.",
    ),
    Item(
        "activity_performer_profession",
        "Personne ayant réalisé l’activité : profession",
        coded_in("JDV_ProfessionPersonnelActivite_CISIS"),
        PERFORMER,
        (Required(), OneOf()),
        help="La profession exercée lors de cette activité.",
    ),
    Item(
        "activity_performer_rpps",
        "Personne ayant réalisé l’activité : RPPS",
        CODE,
        PERFORMER,
        (Required(), Rpps()),
        help="Ses onze chiffres au répertoire partagé des professionnels de santé.",
    ),
    Item(
        "activity_performer_finess",
        "Personne ayant réalisé l’activité : établissement (FINESS)",
        CODE,
        PERFORMER,
        typed=False,
        help="Tel que le document l’a transmis.",
    ),
    Item(
        "activity_place_finess",
        "Lieu de consultation : FINESS",
        CODE,
        PLACE,
        (Finess(),),
        since="2024.01",
        help="Seulement si l’activité s’est tenue ailleurs que sur le site.",
    ),
    Item(
        "activity_place_commune_code",
        "Lieu de consultation : commune",
        COMMUNE,
        PLACE,
        help="Seulement si l’activité s’est tenue ailleurs que sur le site.",
    ),
    Item(
        "activity_place_country_code",
        "Lieu de consultation : pays",
        COUNTRY,
        PLACE,
        help="Seulement si l’activité s’est tenue ailleurs que sur le site.",
    ),
)

ACTIVITE = Block("activite", "Activité", "Activités", Merge.ADDITIVE, ITEMS, repeated=True)
