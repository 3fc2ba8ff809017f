"""A pregnancy of the patient, and the fetuses it carries (§4.2, G1)."""

from app.sdm.coherence import NotBefore, NotInFuture
from app.sdm.conditions import AnyOf, Equals, Filled, IsTrue
from app.sdm.constraints import Between, OneOf, Required, RequiredWhen
from app.sdm.kinds import DATE, LINE, NAME, NUMBER, WEEKS, YES_NO
from app.sdm.model import Block, Item, Merge
from app.sdm.value_sets import coded_in

PREGNANCY = "Grossesse"
FETUS_IDENTITY = "Identité"
OUTCOME = "Issue"

BIRTH, MEDICAL_TERMINATION = "3950001", "O04"
INTERRUPTED = AnyOf("pregnancy_outcome", (MEDICAL_TERMINATION, "O04.-0", "O03", "P95"))

PREGNANCY_ITEMS = (
    Item(
        "pregnancy_start",
        "Date de début de grossesse",
        DATE,
        PREGNANCY,
        (Required(), NotInFuture()),
        since="2024.01",
        help="La date de début retenue par l’obstétricien.",
    ),
    Item(
        "pregnancy_end",
        "Date de fin de grossesse",
        DATE,
        PREGNANCY,
        (NotInFuture(), NotBefore("pregnancy_start", "La fin de la grossesse précède son début.")),
        since="2024.01",
        help="À laisser vide tant que la grossesse est en cours.",
    ),
    Item(
        "fetus_count",
        "Nombre de fœtus",
        NUMBER,
        PREGNANCY,
        (Required(), Between(1, 12)),
        since="2024.01",
        help="Un fœtus, ou davantage pour une grossesse multiple.",
    ),
    Item(
        "pregnancy_assisted_reproduction",
        "Assistance médicale à la procréation pour cette grossesse",
        YES_NO,
        PREGNANCY,
        (Required(),),
        since="2024.01",
        help="Cette grossesse vient-elle d’une assistance médicale à la procréation ?",
    ),
)

FETUS_ITEMS = (
    Item(
        "fetus_birth_family_name",
        "Nom de naissance (de la mère, puis de l’enfant une fois né)",
        NAME,
        FETUS_IDENTITY,
        (Required(),),
        nominative=True,
        since="2024.01",
        help="Celui de la mère pendant la grossesse ; celui de l’enfant une fois né.",
    ),
    Item(
        "fetus_used_family_name",
        "Nom d’usage (de la mère, puis de l’enfant une fois né)",
        NAME,
        FETUS_IDENTITY,
        nominative=True,
        since="2024.01",
        help="Celui de la mère pendant la grossesse ; celui de l’enfant une fois né.",
    ),
    Item(
        "fetus_birth_given_name",
        "Premier prénom (de la mère, puis de l’enfant une fois né)",
        NAME,
        FETUS_IDENTITY,
        (Required(),),
        nominative=True,
        since="2024.01",
        help="Celui de la mère pendant la grossesse ; celui de l’enfant une fois né.",
    ),
    Item(
        "fetus_given_name",
        "Prénom du fœtus",
        NAME,
        FETUS_IDENTITY,
        nominative=True,
        since="2024.01",
        help="Le prénom choisi par les parents, s’ils l’ont dit.",
    ),
    Item(
        "newborn_given_names",
        "Liste des prénoms du nouveau-né",
        LINE,
        FETUS_IDENTITY,
        nominative=True,
        since="2024.01",
        shown_when=Filled("newborn_birth_date"),
        help="Tous les prénoms de l’acte de naissance, séparés par des espaces.",
    ),
    Item(
        "fetus_sex",
        "Sexe du fœtus ou du nouveau-né",
        coded_in("JDV_HL7_AdministrativeGender_CISIS"),
        FETUS_IDENTITY,
        (Required(), OneOf()),
        since="2024.01",
        help="Choisir « Inconnu » s’il n’est pas encore établi.",
    ),
    Item(
        "newborn_birth_date",
        "Date de naissance du nouveau-né",
        DATE,
        FETUS_IDENTITY,
        (
            RequiredWhen(Equals("pregnancy_outcome", BIRTH), "pour un enfant né"),
            NotInFuture(),
            NotBefore("pregnancy_start", "La naissance précède le début de la grossesse."),
        ),
        nominative=True,
        since="2024.01",
        help="À renseigner une fois l’enfant né.",
    ),
    Item(
        "fetus_multiple_pregnancy",
        "Grossesse multiple",
        YES_NO,
        FETUS_IDENTITY,
        (Required(),),
        since="2024.01",
        help="Répondre « oui » pour des jumeaux, des triplés…",
    ),
    Item(
        "fetus_order",
        "Numéro d’ordre du fœtus",
        NUMBER,
        FETUS_IDENTITY,
        (RequiredWhen(IsTrue("fetus_multiple_pregnancy"), "pour une grossesse multiple"), Between(1, 12)),
        since="2024.01",
        shown_when=IsTrue("fetus_multiple_pregnancy"),
        help="Le rang du fœtus dans la grossesse.",
    ),
    Item(
        "pregnancy_outcome",
        "Issue de la grossesse",
        coded_in("JDV_IssueGrossesse_CISIS"),
        OUTCOME,
        (RequiredWhen(Filled("pregnancy_end"), "quand la grossesse est terminée"), OneOf()),
        since="2024.01",
        help="Ce qu’il est advenu de ce fœtus.",
    ),
    Item(
        "pregnancy_outcome_date",
        "Date de l’issue",
        DATE,
        OUTCOME,
        (NotInFuture(), NotBefore("pregnancy_start", "L’issue précède le début de la grossesse.")),
        since="2024.01",
        shown_when=Filled("pregnancy_outcome"),
        help="Le jour de la naissance ou de la fin de la grossesse.",
    ),
    Item(
        "fetus_gestational_age_weeks",
        "Âge gestationnel à l’issue",
        WEEKS,
        OUTCOME,
        (RequiredWhen(INTERRUPTED, "quand la grossesse a été interrompue"), Between(4, 45)),
        since="2024.01",
        shown_when=Filled("pregnancy_outcome"),
        help="En semaines d’aménorrhée révolues.",
    ),
    Item(
        "foetopathology_done",
        "Fœtopathologie réalisée",
        YES_NO,
        OUTCOME,
        (RequiredWhen(Equals("pregnancy_outcome", MEDICAL_TERMINATION), "pour une interruption médicale"),),
        since="2024.01",
        shown_when=INTERRUPTED,
        help="Un examen fœtopathologique a-t-il été fait ?",
    ),
)

GROSSESSE = Block("grossesse", "Grossesse", "Grossesses", Merge.COMPETITIVE, PREGNANCY_ITEMS, repeated=True)
FETUS = Block("fetus", "Fœtus", "Fœtus", Merge.COMPETITIVE, FETUS_ITEMS, repeated=True)
