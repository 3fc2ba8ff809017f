"""Patient block: functioning, treatments, ante- and neonatal history, research."""

from app.sdm.answers import Group
from app.sdm.coherence import NotBefore, NotInFuture
from app.sdm.conditions import Born, IsFalse
from app.sdm.constraints import Between, OneOf, Required, RequiredWhen
from app.sdm.kinds import ATC_CLASS, CENTIMETRES, DATE, DRUG, GRAMS, ICF_SCORE, LINE, WEEKS, YES_NO
from app.sdm.model import Item, Merge
from app.sdm.value_sets import coded_in

FUNCTIONING = "Fonctionnement (CIF)"
TREATMENT = "Traitements"
BIRTH = "Période anténatale et naissance"
RESEARCH = "Recherche"

ICF_EVALUATION = Group(
    (
        Item(
            "icf_score_date",
            "Date du score CIF",
            DATE,
            constraints=(
                Required(),
                NotInFuture(),
                NotBefore("birth_date", "L’évaluation précède la naissance."),
            ),
            since="2024.01",
            help="Le jour de l’évaluation.",
        ),
        Item(
            "icf_score",
            "Valeur du score CIF",
            ICF_SCORE,
            constraints=(Required(),),
            since="2024.01",
            help="Le code de la fonction et son qualificatif, par exemple b117.3.",
        ),
    )
)

TREATMENT_GROUP = Group(
    (
        Item(
            "treatment_name",
            "Nom du traitement",
            LINE,
            since="2022.01",
            until="2022.01",
            help="Le nom de spécialité ou la substance.",
        ),
        Item(
            "treatment_drug_emea",
            "Médicament (EMEA)",
            DRUG,
            until="2022.01",
            help="Le médicament orphelin, selon la liste de l’Agence européenne des médicaments.",
        ),
        Item("treatment_atc", "Code ATC", ATC_CLASS, until="2022.01", help="La classe ATC de la substance."),
        Item("treatment_start", "Date de début", DATE, until="2022.01", help="Le début du traitement."),
        Item(
            "treatment_end",
            "Date de fin",
            DATE,
            constraints=(NotBefore("treatment_start", "La fin du traitement précède son début."),),
            until="2022.01",
            help="La fin du traitement ; laisser vide s’il est en cours.",
        ),
    )
)

FUNCTIONING_ITEMS = (
    Item(
        "icf_evaluations",
        "Évaluations CIF",
        ICF_EVALUATION,
        FUNCTIONING,
        merge=Merge.LIST,
        since="2024.01",
        shown_when=Born(),
        help="Les évaluations selon la Classification internationale du fonctionnement.",
    ),
)

TREATMENT_ITEMS = (
    Item(
        "treatments",
        "Traitements en cours pour la maladie rare",
        TREATMENT_GROUP,
        TREATMENT,
        merge=Merge.LIST,
        until="2022.01",
        help="Les traitements que le patient prend pour sa maladie rare.",
    ),
)

BIRTH_ITEMS = (
    Item(
        "assisted_reproduction",
        "Assistance médicale à la procréation",
        YES_NO,
        BIRTH,
        help="Le patient est-il lui-même né d’une assistance médicale à la procréation ?",
    ),
    Item(
        "assisted_reproduction_date",
        "Date de l’AMP (documents 2021 et 2022)",
        DATE,
        BIRTH,
        until="2022.01",
        typed=False,
        help="La date de l’AMP telle que la transmettaient les documents de 2021 et 2022.",
    ),
    Item(
        "antenatal_malformation",
        "Présence de malformation anténatale",
        coded_in("JDV_MalformationAntenatale_CISIS"),
        BIRTH,
        (OneOf(),),
        help="Une malformation a-t-elle été vue avant la naissance ?",
    ),
    Item(
        "born_at_term",
        "Né à terme",
        YES_NO,
        BIRTH,
        since=None,
        shown_when=Born(),
        help="À 37 semaines d’aménorrhée ou plus.",
    ),
    Item(
        "gestational_age_weeks",
        "Âge gestationnel à la naissance",
        WEEKS,
        BIRTH,
        (Between(4, 45), RequiredWhen(IsFalse("born_at_term"), "si le patient n’est pas né à terme")),
        since="2024.01",
        shown_when=Born(),
        help="En semaines d’aménorrhée révolues.",
    ),
    Item(
        "term_precision_weeks",
        "Précision du terme (documents 2021 et 2022)",
        WEEKS,
        BIRTH,
        until="2022.01",
        typed=False,
        help="Nombre de semaines avant le terme, selon les documents de 2021 et 2022.",
    ),
    Item(
        "birth_weight",
        "Poids à la naissance",
        GRAMS,
        BIRTH,
        (Between(0, 8000),),
        shown_when=Born(),
        help="En grammes, à la naissance.",
    ),
    Item(
        "birth_length",
        "Taille à la naissance",
        CENTIMETRES,
        BIRTH,
        (Between(2, 60),),
        shown_when=Born(),
        help="En centimètres.",
    ),
    Item(
        "birth_head_circumference",
        "Périmètre crânien à la naissance",
        CENTIMETRES,
        BIRTH,
        (Between(5, 50),),
        shown_when=Born(),
        help="En centimètres.",
    ),
)

RESEARCH_ITEMS = (
    Item(
        "in_protocol",
        "Patient participant à un protocole",
        YES_NO,
        RESEARCH,
        until="2022.01",
        help="Le patient participe-t-il à un protocole de recherche ?",
    ),
    Item(
        "contact_for_protocol",
        "Accord du patient pour être contacté pour un protocole",
        YES_NO,
        RESEARCH,
        help="Le patient accepte-t-il qu’on le contacte pour un protocole de recherche ?",
    ),
    Item(
        "sample_for_research",
        "Échantillon biologique donné pour la recherche",
        YES_NO,
        RESEARCH,
        help="Un échantillon a-t-il déjà été donné pour la recherche sur les maladies rares ?",
    ),
    Item(
        "sample_for_molecular_diagnosis",
        "Échantillon biologique donné pour le diagnostic moléculaire",
        YES_NO,
        RESEARCH,
        help="Un échantillon a-t-il déjà été donné pour un diagnostic moléculaire ?",
    ),
    Item(
        "biobank",
        "Biobanques",
        LINE,
        RESEARCH,
        since="2024.01",
        help="Le nom de la ou des biobanques qui conservent un échantillon.",
    ),
)
