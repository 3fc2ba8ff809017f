"""A diagnosis: added to the fiche, replaced whole when its sender sends it again, but for its mixed items (§4.5)."""

from app.sdm.coherence import NotInFuture
from app.sdm.conditions import AnyOf, Equals, Not
from app.sdm.constraints import OneOf, Required, RequiredWhen
from app.sdm.diagnostic_age import AGE_ITEMS
from app.sdm.kinds import CLINICAL_SIGN, CODE, COMMENT, DATE, DISEASE, GENE, LINE, YES_NO
from app.sdm.model import Block, Item, Merge
from app.sdm.value_sets import coded_in

DIAGNOSIS = "Diagnostic"
SIGNS = "Description clinique"
GENETICS = "Génétique"

OPEN_STATUS = AnyOf("diagnosis_status", ("385651009", "42425007"))
"""« En cours », « indéterminé »: the disease may not be named yet (nullFlavor is allowed)."""
OTHER_TECHNIQUE = Equals("genetic_techniques", "GEN-092.04.17")

DISEASE_ITEMS = (
    Item(
        "disease",
        "Maladie rare, ou maladie complexe non rare",
        DISEASE,
        DIAGNOSIS,
        (RequiredWhen(Not(OPEN_STATUS)),),
        help="Le code ORPHA le plus précis que les examens permettent. Il peut manquer tant que le diagnostic "
        "est en cours ou indéterminé.",
    ),
    Item(
        "diagnosis_status",
        "Statut actuel du diagnostic",
        coded_in("JDV_StatutActuelDiagnostic_CISIS"),
        DIAGNOSIS,
        (Required(), OneOf()),
        help="Où en est ce diagnostic aujourd’hui.",
    ),
    Item(
        "diagnosis_appraisal_at_entry",
        "Appréciation du diagnostic à l’entrée dans le centre",
        coded_in("JDV_AppreciationDiagnosticCentre_CISIS"),
        DIAGNOSIS,
        (Required(), OneOf()),
        help="Ce que valait, à l’arrivée du patient, le diagnostic avec lequel il était adressé.",
    ),
    Item(
        "sporadic_or_familial",
        "Cas sporadique ou familial",
        coded_in("JDV_CasSporadiqueFamilial_CISIS"),
        DIAGNOSIS,
        (OneOf(),),
        help="Familial si un autre cas est connu dans la famille.",
    ),
    Item(
        "consanguinity",
        "Patient issu d’une union consanguine",
        YES_NO,
        DIAGNOSIS,
        merge=Merge.CONSANGUINITY,
        help="Les parents du patient sont-ils apparentés ?",
    ),
    Item(
        "newborn_screening",
        "Dépistage néonatal pour ce diagnostic",
        coded_in("BAMARA_DepistageNeonatal"),
        DIAGNOSIS,
        merge=Merge.MIXED,
        since=None,
        help="La maladie a-t-elle été recherchée par le dépistage néonatal ?",
    ),
    Item(
        "diagnosis_date",
        "Date du diagnostic",
        DATE,
        DIAGNOSIS,
        (NotInFuture(),),
        help="Le jour où le diagnostic a été posé, s’il est connu.",
    ),
    Item(
        "diagnosis_site_id",
        "Site maladies rares qui a posé le diagnostic",
        CODE,
        DIAGNOSIS,
        since="2024.01",
        help="Le site de cet hôpital qui a posé le diagnostic, le cas échéant.",
    ),
    Item(
        "diagnosis_site_label",
        "Site (libellé reçu)",
        LINE,
        DIAGNOSIS,
        since="2024.01",
        typed=False,
        help="Tel que le document l’a transmis.",
    ),
    Item(
        "apparently_healthy",
        "Sujet apparemment sain (documents 2021 et 2022)",
        YES_NO,
        DIAGNOSIS,
        until="2022.01",
        typed=False,
        help="Remplacé depuis par la réponse « aucun signe à ce jour ou porteur sain ».",
    ),
)

SIGN_ITEMS = (
    Item(
        "clinical_description",
        "Description clinique",
        CLINICAL_SIGN,
        SIGNS,
        multiple=True,
        merge=Merge.MIXED,
        since="2024.01",
        help="Les signes du patient : termes HPO, groupes ORPHA ou codes CIM-10.",
    ),
    Item(
        "complementary_signs",
        "Signes complémentaires associés (documents 2021 et 2022)",
        CLINICAL_SIGN,
        SIGNS,
        multiple=True,
        until="2022.01",
        typed=False,
        help="Réunis depuis dans la description clinique.",
    ),
    Item(
        "unusual_signs",
        "Signes inhabituels associés (documents 2021 et 2022)",
        CLINICAL_SIGN,
        SIGNS,
        multiple=True,
        until="2022.01",
        typed=False,
        help="Réunis depuis dans la description clinique.",
    ),
    Item(
        "investigations",
        "Investigations réalisées (documents 2021 et 2022)",
        coded_in("JDV_InvestigationsRealisees_CISIS"),
        SIGNS,
        multiple=True,
        until="2022.01",
        typed=False,
        help="Telles que les transmettaient les documents de 2021 et 2022.",
    ),
    Item(
        "confirmation_mode_precision",
        "Précision du mode de confirmation (documents 2021 et 2022)",
        LINE,
        SIGNS,
        until="2022.01",
        typed=False,
        help="Telle que la transmettaient les documents de 2021 et 2022.",
    ),
    Item(
        "diagnosis_comment",
        "Commentaire sur le diagnostic",
        COMMENT,
        SIGNS,
        merge=Merge.MIXED,
        nominative=True,
        since="2024.01",
        help="Toute précision utile à l’équipe. Ne pas y écrire de nom.",
    ),
)

GENETIC_ITEMS = (
    Item(
        "genetic_characterisation",
        "Caractérisation génétique du diagnostic",
        coded_in("BAMARA_CaracterisationGenetique"),
        GENETICS,
        merge=Merge.MIXED,
        since=None,
        help="Ce que la génétique dit de ce diagnostic à ce jour.",
    ),
    Item(
        "genetic_techniques",
        "Techniques génétiques",
        coded_in("JDV_TechniquesDiagnostic_CISIS"),
        GENETICS,
        (OneOf(),),
        multiple=True,
        help="Les techniques utilisées. Plusieurs réponses sont possibles.",
    ),
    Item(
        "genetic_technique_other",
        "Technique génétique : précision",
        LINE,
        GENETICS,
        (RequiredWhen(OTHER_TECHNIQUE, "pour une autre technique"),),
        since="2024.01",
        shown_when=OTHER_TECHNIQUE,
        help="Quelques mots sur cette autre technique.",
    ),
    Item(
        "genes",
        "Gènes",
        GENE,
        GENETICS,
        multiple=True,
        help="Les gènes en cause, par leur symbole HGNC.",
    ),
    Item(
        "other_genetic_description",
        "Autre description génétique (mutation)",
        COMMENT,
        GENETICS,
        help="Le variant dans la nomenclature HGVS, ou toute autre description.",
    ),
)

DIAGNOSTIC = Block(
    "diagnostic",
    "Diagnostic",
    "Diagnostics",
    Merge.ADDITIVE,
    (*DISEASE_ITEMS, *AGE_ITEMS, *SIGN_ITEMS, *GENETIC_ITEMS),
    repeated=True,
)
