"""How alike two people are, trait by trait: each level says when it holds, for us and for DuckDB, how often it is met
in one person's two fiches (m) and in those of two people (u), and how it reads. Pure.

m and u were counted once, on the generated French set (tests/duplicates.py, 20 000 people), and rounded: a model that
each hospital trained for itself would give each night another answer, that nobody could reproduce.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log2
from typing import Literal

from app.identity.search.near import near
from app.identity.search.people import Person

MODEL = "2026-11"
Tone = Literal["agrees", "near", "differs", "unknown"]
Holds = Callable[[Person, Person], bool]


@dataclass(frozen=True, slots=True)
class Level:
    """The first that holds is the level of the pair. `sql` says the same of the columns of linkage.py."""

    sentence: str
    tone: Tone
    sql: str
    holds: Holds
    m: float = 1.0
    u: float = 1.0

    @property
    def weight(self) -> float:
        """In bits: positive speaks for one person."""
        return log2(self.m / self.u)


@dataclass(frozen=True, slots=True)
class Trait:
    name: str
    label: str
    levels: tuple[Level, ...]

    def level(self, one: Person, other: Person) -> Level:
        return next(level for level in self.levels if level.holds(one, other))


def unknown(sql: str, holds: Holds) -> Level:
    """Weighs nothing."""
    return Level("Une fiche au moins ne le dit pas.", "unknown", sql, holds)


def otherwise(sentence: str, m: float, u: float) -> Level:
    return Level(sentence, "differs", "ELSE", lambda one, other: True, m, u)


def identifier(name: str, label: str, of: Callable[[Person], frozenset[str]], m: float, different: str) -> Trait:
    """Of which a fiche may have several. `m`: how often both fiches of one person share one, when both have some."""
    return Trait(
        name,
        label,
        (
            unknown(f"{name}_l is null or {name}_r is null", lambda one, other: not (of(one) and of(other))),
            Level(
                f"Même {label}.",
                "agrees",
                f"list_has_any({name}_l, {name}_r)",
                lambda one, other: not of(one).isdisjoint(of(other)),
                m,
                0.00001,
            ),
            otherwise(different, round(1 - m, 2), 0.99999),
        ),
    )


def _near(name: str) -> str:
    one, other = f"{name}_l", f"{name}_r"
    shortest = f"least(length({one}), length({other}))"
    begins = f"starts_with({one}, {other}) or starts_with({other}, {one})"
    bound = f"case when {shortest} >= 8 then 2 else 1 end"
    return f"{shortest} >= 4 and ({begins} or damerau_levenshtein({one}, {other}) <= {bound})"


FAMILY = Trait(
    "family",
    "Nom de famille",
    (
        unknown("family_l is null or family_r is null", lambda one, other: not (one.family and other.family)),
        Level(
            "Même nom de naissance.",
            "agrees",
            "family_l = family_r",
            lambda one, other: one.family == other.family,
            0.75,
            0.0065,
        ),
        Level(
            "Le nom de naissance de l’une est le nom utilisé de l’autre.",
            "agrees",
            "list_has_any(families_l, families_r)",
            lambda one, other: not set(one.families).isdisjoint(other.families),
            0.1,
            0.006,
        ),
        Level(
            "Noms écrits presque pareil.",
            "near",
            _near("family"),
            lambda one, other: near(one.family, other.family),
            0.13,
            0.006,
        ),
        Level(
            "Nom et prénom échangés.",
            "near",
            "family_l = given_r and given_l = family_r",
            lambda one, other: one.family == other.given and one.given == other.family,
            0.015,
            0.000001,
        ),
        otherwise("Noms différents.", 0.005, 0.98),
    ),
)
GIVEN = Trait(
    "given",
    "Prénom",
    (
        unknown("given_l is null or given_r is null", lambda one, other: not (one.given and other.given)),
        Level(
            "Même premier prénom.",
            "agrees",
            "given_l = given_r",
            lambda one, other: one.given == other.given,
            0.78,
            0.012,
        ),
        Level(
            "Le prénom de l’une est l’un des prénoms de l’autre.",
            "agrees",
            "list_contains(givens_l, given_r) or list_contains(givens_r, given_l)",
            lambda one, other: other.given in one.givens or one.given in other.givens,
            0.09,
            0.02,
        ),
        Level(
            "Prénoms écrits presque pareil.",
            "near",
            _near("given"),
            lambda one, other: near(one.given, other.given),
            0.11,
            0.012,
        ),
        Level(
            "Nom et prénom échangés.",
            "near",
            "family_l = given_r and given_l = family_r",
            lambda one, other: one.family == other.given and one.given == other.family,
            0.015,
            0.000001,
        ),
        otherwise("Prénoms différents.", 0.005, 0.95),
    ),
)
BORN = Trait(
    "born",
    "Date de naissance",
    (
        unknown("born_l is null or born_r is null", lambda one, other: not (one.born and other.born)),
        Level(
            "Même date de naissance.",
            "agrees",
            "born_l = born_r",
            lambda one, other: one.born == other.born,
            0.85,
            0.00005,
        ),
        Level(
            "Jour et mois de naissance échangés.",
            "near",
            "either_way_l = either_way_r",
            lambda one, other: one.either_way == other.either_way,
            0.05,
            0.00003,
        ),
        Level(
            "Date de naissance qui ne diffère que par le jour, le mois ou l’année.",
            "near",
            "cast(born_l[1:4] = born_r[1:4] as int) + cast(born_l[6:7] = born_r[6:7] as int)"
            " + cast(born_l[9:10] = born_r[9:10] as int) = 2",
            lambda one, other: _same_parts(one, other) == 2,
            0.09,
            0.006,
        ),
        otherwise("Dates de naissance différentes.", 0.01, 0.993),
    ),
)
SEX = Trait(
    "sex",
    "Sexe",
    (
        unknown("sex_l is null or sex_r is null", lambda one, other: not (one.sex and other.sex)),
        Level("Même sexe.", "agrees", "sex_l = sex_r", lambda one, other: one.sex == other.sex, 0.99, 0.5),
        otherwise("Sexes différents.", 0.01, 0.5),
    ),
)
COMMUNE = Trait(
    "commune",
    "Commune de naissance",
    (
        unknown("commune_l is null or commune_r is null", lambda one, other: not (one.commune and other.commune)),
        Level(
            "Même commune de naissance.",
            "agrees",
            "commune_l = commune_r",
            lambda one, other: one.commune == other.commune,
            0.92,
            0.03,
        ),
        otherwise("Communes de naissance différentes.", 0.08, 0.97),
    ),
)
INS = identifier("ins", "INS", lambda person: person.ins, 0.96, "INS différents : en principe, deux personnes.")
IPP = identifier("ipp", "IPP", lambda person: person.ipp, 0.35, "IPP différents.")
TRAITS: Sequence[Trait] = (FAMILY, GIVEN, BORN, SEX, COMMUNE, INS, IPP)


def _same_parts(one: Person, other: Person) -> int:
    return sum(ours == theirs for ours, theirs in zip(one.born_parts, other.born_parts, strict=True))
