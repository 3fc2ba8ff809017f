"""The answers that several blocks ask for, and the constraints that come with them: written once."""

from __future__ import annotations

from app.sdm.answers import Coded, PartialDate, Quantity, Text, WholeNumber, YesNo
from app.sdm.oids import (
    ATC,
    CIM_10,
    COMMUNES,
    COUNTRIES,
    EMEA,
    HGNC,
    HGNC_JDV,
    HPO,
    ICF,
    ORPHA_DISEASES,
    ORPHA_GROUPS,
)

NAME = Text(120)
LINE = Text(255)
COMMENT = Text(4000, lines=4)
CODE = Text(60)
DATE = PartialDate()
YES_NO = YesNo()
NUMBER = WholeNumber()
MONTHS = Quantity("mo", (("a", 12), ("wk", 12 / 52.1775), ("d", 12 / 365.2425)))
WEEKS = Quantity("wk", (("d", 1 / 7),))
GRAMS = Quantity("g", (("kg", 1000),))
CENTIMETRES = Quantity("cm", (("mm", 0.1), ("m", 100)))

COMMUNE = Coded((COMMUNES,))
COUNTRY = Coded((COUNTRIES,))
DISEASE = Coded((ORPHA_DISEASES, ORPHA_GROUPS, CIM_10))
CLINICAL_SIGN = Coded((HPO, ORPHA_GROUPS, CIM_10))
GENE = Coded((HGNC, HGNC_JDV))
DRUG = Coded((EMEA,))
ATC_CLASS = Coded((ATC,))
ICF_SCORE = Coded((ICF,))
