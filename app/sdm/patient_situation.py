"""Patient block: address, relatives and general practitioner, family, vital status."""

from app.sdm.answers import Group, Text
from app.sdm.coherence import NotBefore, NotInFuture
from app.sdm.conditions import Born, IsTrue
from app.sdm.constraints import OneOf, Required, RequiredWhen
from app.sdm.kinds import CODE, COMMENT, COMMUNE, COUNTRY, DATE, DISEASE, LINE, YES_NO
from app.sdm.model import Item, Merge
from app.sdm.value_sets import coded_in

ADDRESS = "Coordonnées"
CARERS = "Entourage et suivi"
FAMILY = "Famille"
VITAL = "Statut vital"

ADDRESS_ITEMS = (
    Item(
        "residence_house_number",
        "Numéro de voie",
        Text(20),
        ADDRESS,
        nominative=True,
        shown_when=Born(),
        help="Par exemple : 28, ou 28 bis.",
    ),
    Item(
        "residence_street",
        "Voie",
        LINE,
        ADDRESS,
        nominative=True,
        shown_when=Born(),
        help="Le type et le nom de la voie.",
    ),
    Item(
        "residence_unit",
        "Complément d’adresse",
        LINE,
        ADDRESS,
        nominative=True,
        shown_when=Born(),
        help="Bâtiment, escalier, étage, appartement…",
    ),
    Item(
        "residence_postal_code",
        "Code postal",
        Text(12),
        ADDRESS,
        nominative=True,
        shown_when=Born(),
        help="Le code postal de la résidence principale.",
    ),
    Item(
        "residence_commune_code",
        "Commune de résidence",
        COMMUNE,
        ADDRESS,
        since="2024.01",
        shown_when=Born(),
        help="La commune de la résidence principale du patient.",
    ),
    Item(
        "residence_commune_label",
        "Commune de résidence (libellé reçu)",
        LINE,
        ADDRESS,
        typed=False,
        help="Le nom de la commune tel que le document l’a transmis.",
    ),
    Item(
        "residence_country_code",
        "Pays de résidence",
        COUNTRY,
        ADDRESS,
        since="2024.01",
        shown_when=Born(),
        help="Le pays de la résidence principale.",
    ),
    Item(
        "residence_country_label",
        "Pays de résidence (libellé reçu)",
        LINE,
        ADDRESS,
        typed=False,
        help="Le nom du pays tel que le document l’a transmis.",
    ),
    Item(
        "telecom",
        "Téléphones et adresses électroniques",
        LINE,
        ADDRESS,
        multiple=True,
        merge=Merge.LIST,
        nominative=True,
        typed=False,
        help="Les moyens de joindre le patient, tels que le document les a transmis.",
    ),
)

CARER_ITEMS = (
    Item(
        "guardian_name",
        "Représentant légal",
        LINE,
        CARERS,
        nominative=True,
        typed=False,
        help="Le parent, le tuteur ou le mandataire qui représente le patient.",
    ),
    Item(
        "gp_name",
        "Médecin traitant : nom",
        LINE,
        CARERS,
        shown_when=Born(),
        help="Le médecin traitant déclaré par le patient.",
    ),
    Item("gp_rpps", "Médecin traitant : RPPS", CODE, CARERS, typed=False, help="Son numéro RPPS."),
    Item("gp_since", "Médecin traitant depuis le", DATE, CARERS, since="2024.01", typed=False, help="Depuis quand."),
    Item(
        "lost_to_follow_up",
        "Patient perdu de vue",
        YES_NO,
        CARERS,
        since="2024.01",
        shown_when=Born(),
        help="Répondre « oui » quand l’équipe ne parvient plus à joindre le patient.",
    ),
)

PROPOSITUS = Group(
    (
        Item(
            "propositus_id",
            "Identifiant du premier cas",
            LINE,
            constraints=(Required(),),
            nominative=True,
            help="L’identifiant du premier cas dans l’hôpital (son IPP).",
        ),
        Item(
            "propositus_relationship",
            "Lien de parenté avec le premier cas",
            coded_in("JDV_HL7_PersonalRelationshipRoleType_CISIS"),
            constraints=(Required(), OneOf()),
            help="Ce que le premier cas est pour le patient : sa mère, son frère…",
        ),
        Item(
            "propositus_sex",
            "Sexe du premier cas",
            coded_in("JDV_HL7_AdministrativeGender_CISIS"),
            constraints=(OneOf(),),
            help="Le sexe de l’état civil du premier cas.",
        ),
        Item(
            "propositus_disease",
            "Maladie rare du premier cas",
            DISEASE,
            constraints=(Required(),),
            multiple=True,
            merge=Merge.LIST,
            since="2024.01",
            help="La ou les maladies rares du premier cas.",
        ),
        Item(
            "propositus_comment",
            "Commentaire sur l’antécédent familial",
            COMMENT,
            until="2022.01",
            help="Toute précision utile sur l’antécédent familial.",
        ),
    )
)

FAMILY_ITEMS = (
    Item(
        "propositus",
        "Premier cas diagnostiqué de la famille (propositus)",
        PROPOSITUS,
        FAMILY,
        merge=Merge.LIST,
        help="À renseigner seulement si le patient n’est pas lui-même le premier cas de sa famille suivi à l’hôpital.",
    ),
)

VITAL_ITEMS = (
    Item(
        "deceased",
        "Patient décédé",
        YES_NO,
        VITAL,
        since="2024.01",
        shown_when=Born(),
        help="Sans réponse, le patient est réputé vivant.",
    ),
    Item(
        "death_date",
        "Date de décès",
        DATE,
        VITAL,
        (
            RequiredWhen(IsTrue("deceased"), "pour un patient décédé"),
            NotInFuture(),
            NotBefore("birth_date", "Le décès précède la naissance."),
        ),
        since="2024.01",
        shown_when=IsTrue("deceased"),
        help="L’année seule, ou l’année et le mois, suffisent si le jour n’est pas connu.",
    ),
    Item(
        "death_due_to_rare_disease",
        "Décès dû à la maladie rare (maladie)",
        DISEASE,
        VITAL,
        since="2024.01",
        shown_when=IsTrue("deceased"),
        help="La maladie rare qui a causé le décès, le cas échéant.",
    ),
    Item(
        "clinical_status",
        "Statut clinique du patient",
        coded_in("JDV_HealthStatusCodes_CISIS"),
        VITAL,
        (OneOf(),),
        shown_when=Born(),
        help="L’état général du patient à la dernière consultation.",
    ),
)
