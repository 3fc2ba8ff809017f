"""The prise en charge: one per site, unitary for that site (§4.6)."""

from app.sdm.coherence import NotAfter, NotBefore, NotInFuture
from app.sdm.conditions import BeganBeforeBirth
from app.sdm.constraints import OneOf, Required, Rpps
from app.sdm.kinds import CODE, DATE, LINE, YES_NO
from app.sdm.model import Block, Item, Merge
from app.sdm.value_sets import coded_in

CARE = "Prise en charge"
DOCTOR = "Médecin référent"
REFERRAL = "Adressage"

ITEMS = (
    Item(
        "care_site_id",
        "Site maladies rares",
        CODE,
        CARE,
        (Required(),),
        help="Le site qui prend le patient en charge. Il n’y a qu’une prise en charge par site.",
    ),
    Item(
        "care_site_label",
        "Site (libellé court reçu)",
        LINE,
        CARE,
        typed=False,
        help="Tel que le document l’a transmis.",
    ),
    Item(
        "care_site_name", "Site (nom complet reçu)", LINE, CARE, typed=False, help="Tel que le document l’a transmis."
    ),
    Item(
        "care_type",
        "Type de prise en charge",
        coded_in("JDV_HL7_ActEncounterCode_CISIS"),
        CARE,
        typed=False,
        help="Tel que le document l’a transmis.",
    ),
    Item(
        "inclusion_date",
        "Date d’inclusion dans le site",
        DATE,
        CARE,
        (
            Required(),
            NotInFuture(),
            NotBefore("birth_date", "L’inclusion précède la naissance.", unless=BeganBeforeBirth()),
            NotAfter("death_date", "L’inclusion est postérieure au décès."),
        ),
        help="Le premier contact du patient avec le site.",
    ),
    Item(
        "out_of_label",
        "Prise en charge en dehors de la labellisation du site",
        YES_NO,
        CARE,
        (Required(),),
        help="Répondre « oui » si la maladie ne relève pas du champ pour lequel le site est labellisé.",
    ),
    Item(
        "referring_doctor_name",
        "Médecin référent : nom",
        LINE,
        DOCTOR,
        (Required(),),
        help="Le médecin du site qui suit le patient.",
    ),
    Item(
        "referring_doctor_rpps",
        "Médecin référent : RPPS",
        CODE,
        DOCTOR,
        (Required(), Rpps()),
        help="Ses onze chiffres au répertoire partagé des professionnels de santé.",
    ),
    Item(
        "referring_doctor_profession",
        "Médecin référent : profession",
        coded_in("JDV_ProfessionPersonnelActivite_CISIS"),
        DOCTOR,
        typed=False,
        help="Telle que le document l’a transmise.",
    ),
    Item(
        "referring_doctor_finess",
        "Médecin référent : établissement (FINESS)",
        CODE,
        DOCTOR,
        typed=False,
        help="Tel que le document l’a transmis.",
    ),
    Item(
        "referred_by",
        "Patient adressé par",
        coded_in("JDV_PatientAdressePar_CISIS"),
        REFERRAL,
        (Required(), OneOf()),
        multiple=True,
        merge=Merge.LIST,
        help="Qui a orienté le patient vers le site. Plusieurs réponses sont possibles.",
    ),
    Item(
        "referred_by_name",
        "Adressé par : nom de la personne",
        LINE,
        REFERRAL,
        typed=False,
        help="Tel que le document l’a transmis.",
    ),
    Item(
        "referred_by_organisation",
        "Adressé par : organisation",
        LINE,
        REFERRAL,
        typed=False,
        help="Telle que le document l’a transmise.",
    ),
)

PRISE_EN_CHARGE = Block(
    "prise_en_charge", "Prise en charge", "Prises en charge", Merge.COMPETITIVE, ITEMS, repeated=True
)
