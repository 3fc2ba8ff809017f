"""The 108 ways to be related to the first case of the family (HL7 RoleCode), the nearest ones first."""

from app.sdm.concepts import value_set
from app.sdm.oids import ROLE_CODE

PARENTS = """
MTH Mère
FTH Père
PRN Parent, au sens père ou mère
NMTH Mère biologique
NFTH Père biologique
NPRN Parent biologique, au sens père ou mère
NMTHF Mère biologique du fœtus
NFTHF Père biologique du fœtus
GESTM Mère porteuse
"""
CHILDREN = """
CHILD Enfant
DAUC Fille
SONC Fils
NCHILD Enfant biologique
DAU Fille biologique
SON Fils biologique
"""
SIBLINGS = """
SIB Frère ou sœur
SIS Sœur
BRO Frère
NSIB Frère ou sœur biologique
NSIS Sœur biologique
NBRO Frère biologique
TWIN Frère jumeau ou sœur jumelle
TWINSIS Sœur jumelle
TWINBRO Frère jumeau
ITWIN Jumeau ou jumelle monozygote
ITWINSIS Jumelle monozygote
ITWINBRO Jumeau monozygote
FTWIN Jumeau ou jumelle dizygote
FTWINSIS Jumelle dizygote
FTWINBRO Jumeau dizygote
HSIB Demi-frère ou demi-sœur
HSIS Demi-sœur
HBRO Demi-frère
"""
GRANDPARENTS = """
GRPRN Grand-parent
GRMTH Grand-mère
GRFTH Grand-père
MGRPRN Grand-parent maternel
MGRMTH Grand-mère maternelle
MGRFTH Grand-père maternel
PGRPRN Grand-parent paternel
PGRMTH Grand-mère paternelle
PGRFTH Grand-père paternel
GGRPRN Arrière-grand-parent
GGRMTH Arrière-grand-mère
GGRFTH Arrière-grand-père
MGGRPRN Arrière-grand-parent maternel
MGGRMTH Arrière-grand-mère maternelle
MGGRFTH Arrière-grand-père maternel
PGGRPRN Arrière-grand-parent paternel
PGGRMTH Arrière-grand-mère paternelle
PGGRFTH Arrière-grand-père paternel
"""
GRANDCHILDREN = """
GRNDCHILD Petit-enfant
GRNDDAU Petite-fille
GRNDSON Petit-fils
"""
UNCLES_AND_COUSINS = """
AUNT Tante
MAUNT Tante maternelle
PAUNT Tante paternelle
UNCLE Oncle
MUNCLE Oncle maternel
PUNCLE Oncle paternel
COUSN Cousin ou cousine
MCOUSN Cousin ou cousine du côté maternel
PCOUSN Cousin ou cousine du côté paternel
NIENEPH Neveu ou nièce
NIECE Nièce
NEPHEW Neveu
FAMMEMB Autre membre de la famille
EXT Autre membre de la famille sans lien génétique direct
"""
ADOPTION_AND_FOSTER_CARE = """
ADOPTP Parent adoptif, au sens père ou mère
ADOPTM Mère adoptive
ADOPTF Père adoptif
CHLDADOPT Enfant adopté
DAUADOPT Fille adoptive
SONADOPT Fils adoptif
PRNFOST Parent, au sens famille d’accueil
MTHFOST Assistante familiale (famille d’accueil)
FTHFOST Assistant familial (famille d’accueil)
CHLDFOST Enfant placé en famille d’accueil
DAUFOST Fille placée en famille d’accueil
SONFOST Garçon placé en famille d’accueil
"""
ALLIANCE = """
SIGOTHR Conjoint
SPS Époux ou épouse
WIFE Épouse
HUSB Époux
DOMPART Concubin, concubine ou partenaire de PACS
FMRSPS Ancien époux ou ancienne épouse
PRNINLAW Beau-père ou belle-mère
MTHINLAW Belle-mère
FTHINLAW Beau-père
SIBINLAW Beau-frère ou belle-sœur
SISINLAW Belle-sœur
BROINLAW Beau-frère
CHLDINLAW Gendre ou belle-fille
DAUINLAW Belle-fille
SONINLAW Gendre
STPPRN Époux ou épouse du père ou de la mère
STPMTH Belle-mère, épouse du père ou de la mère
STPFTH Beau-père, époux du père ou de la mère
STPCHLD Enfant du conjoint, issu d’une union précédente
STPDAU Fille du conjoint, issue d’une union précédente
STPSON Fils du conjoint, issu d’une union précédente
STPSIB Enfant du beau-père ou de la belle-mère
STPSIS Fille du beau-père ou de la belle-mère
STPBRO Fils du beau-père ou de la belle-mère
"""
OTHERS = """
FRND Autre proche
NBOR Voisin ou voisine
ROOM Personne vivant sous le même toit
RESPRSN Responsable légal non membre de la famille
"""

THEMES = (
    PARENTS,
    CHILDREN,
    SIBLINGS,
    GRANDPARENTS,
    GRANDCHILDREN,
    UNCLES_AND_COUSINS,
    ADOPTION_AND_FOSTER_CARE,
    ALLIANCE,
    OTHERS,
)

RELATIONSHIP = value_set(
    "JDV_HL7_PersonalRelationshipRoleType_CISIS",
    "2.16.840.1.113883.1.11.19563",
    [
        (ROLE_CODE, code, label)
        for theme in THEMES
        for code, label in (line.split(" ", 1) for line in theme.strip().splitlines())
    ],
)

VALUE_SETS = (RELATIONSHIP,)
