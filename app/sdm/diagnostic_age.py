"""Diagnosis block: when the signs came and when the diagnosis was made."""

from app.sdm.coherence import AT_AGE, AgeNotBefore, AgeWithinLife
from app.sdm.conditions import Condition, Equals
from app.sdm.constraints import Between, Constraint, OneOf, Required, RequiredWhen
from app.sdm.kinds import MONTHS
from app.sdm.model import Item, Merge
from app.sdm.value_sets import coded_in

AGES = "Âges"
AGE_PERIOD = coded_in("JDV_Age_CISIS")
LIFETIME = Between(0, 1560)
"""130 years, in months."""
SCREENED = Equals("newborn_screening", "positif")
"""A positive newborn screening finds the disease before its signs."""


def _at_age(period: str) -> Condition:
    return Equals(period, AT_AGE)


def _age_constraints(period: str) -> tuple[Constraint, ...]:
    return (RequiredWhen(_at_age(period), "quand la réponse est « à l’âge de »"), LIFETIME, AgeWithinLife())


AGE_ITEMS = (
    Item(
        "onset_period",
        "Âge aux premiers signes",
        AGE_PERIOD,
        AGES,
        (Required(), OneOf()),
        help="Le moment où les premiers signes de la maladie sont apparus.",
    ),
    Item(
        "onset_age",
        "Précision de l’âge aux premiers signes",
        MONTHS,
        AGES,
        _age_constraints("onset_period"),
        shown_when=_at_age("onset_period"),
        help="En mois : 18 pour un an et demi.",
    ),
    Item(
        "clinical_diagnosis_period",
        "Âge au diagnostic clinique",
        AGE_PERIOD,
        AGES,
        (
            Required(),
            OneOf(),
            AgeNotBefore(
                "clinical_diagnosis_age",
                "onset_period",
                "onset_age",
                "Le diagnostic clinique précède les premiers signes.",
                unless=SCREENED,
            ),
        ),
        since="2024.01",
        help="Le moment où le diagnostic a été porté sur la clinique, par votre équipe ou par une autre.",
    ),
    Item(
        "clinical_diagnosis_age",
        "Précision de l’âge au diagnostic clinique",
        MONTHS,
        AGES,
        _age_constraints("clinical_diagnosis_period"),
        since="2024.01",
        shown_when=_at_age("clinical_diagnosis_period"),
        help="En mois : 18 pour un an et demi.",
    ),
    Item(
        "genetic_diagnosis_period",
        "Âge au diagnostic génétique",
        AGE_PERIOD,
        AGES,
        (
            Required(),
            OneOf(),
            AgeNotBefore(
                "genetic_diagnosis_age",
                "clinical_diagnosis_period",
                "clinical_diagnosis_age",
                "Le diagnostic génétique précède le diagnostic clinique.",
                unless=SCREENED,
            ),
        ),
        merge=Merge.MIXED,
        since="2024.01",
        help="Le moment où une anomalie génétique a confirmé le diagnostic. Choisir « Non déterminé » à défaut.",
    ),
    Item(
        "genetic_diagnosis_age",
        "Précision de l’âge au diagnostic génétique",
        MONTHS,
        AGES,
        _age_constraints("genetic_diagnosis_period"),
        merge=Merge.MIXED,
        since="2024.01",
        shown_when=_at_age("genetic_diagnosis_period"),
        help="En mois : 18 pour un an et demi.",
    ),
    Item(
        "diagnosis_period",
        "Âge au diagnostic (documents 2021 et 2022)",
        AGE_PERIOD,
        AGES,
        until="2022.01",
        typed=False,
        help="Remplacé depuis par l’âge au diagnostic clinique et l’âge au diagnostic génétique.",
    ),
    Item(
        "diagnosis_age",
        "Précision de l’âge au diagnostic (documents 2021 et 2022)",
        MONTHS,
        AGES,
        until="2022.01",
        typed=False,
        help="Remplacée depuis par les âges au diagnostic clinique et au diagnostic génétique.",
    ),
)
