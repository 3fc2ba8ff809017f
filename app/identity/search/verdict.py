"""One person, or two? What the weight alone must not decide: twins, namesakes, an identifier typed in the wrong fiche.
Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.identity.search.levels import BORN, COMMUNE, FAMILY, GIVEN, INS, SEX, TRAITS, Level
from app.identity.search.people import Person

SAME_GIVEN, ONE_PART_DIFFERS = GIVEN.levels[1], BORN.levels[3]
SUGGESTED_FROM = 14.0
"""Bits. Below, a pair is not told: the person who types is told of namesakes already (likely_duplicates)."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Each trait with its level."""

    levels: Mapping[str, Level]

    @property
    def weight(self) -> float:
        return sum(level.weight for level in self.levels.values())

    def tone(self, trait: str) -> str:
        return self.levels[trait].tone

    @property
    def sentences(self) -> Sequence[tuple[str, Level]]:
        return [(trait.label, self.levels[trait.name]) for trait in TRAITS]


def compare(one: Person, other: Person) -> Compared:
    return Compared({trait.name: trait.level(one, other) for trait in TRAITS})


def is_suggested(one: Person, other: Person, compared: Compared | None = None) -> bool:
    found = compared or compare(one, other)
    return found.weight >= SUGGESTED_FROM and not any(rule(one, other, found) for rule in TWO_PEOPLE)


def another_ins(one: Person, other: Person, found: Compared) -> bool:
    """The INS is one per person: two of them are two people, or a fault that a document will tell (I4)."""
    return found.tone(INS.name) == "differs"


def another_rank(one: Person, other: Person, found: Compared) -> bool:
    """Two children of one birth."""
    return bool(one.order and other.order and one.order != other.order)


def twins(one: Person, other: Person, found: Compared) -> bool:
    """The given name tells twins apart. A slip may be a twin (Julie, Julia), and twins bear each other's name in second
    place: but for the same INS or IPP, another first name is one person's only if it changed places, the same day."""
    level = found.levels[GIVEN.name]
    if level.tone == "differs" or level is SAME_GIVEN:
        return level is not SAME_GIVEN
    if any(found.tone(name) == "agrees" for name in ("ins", "ipp")):
        return False
    same_day = found.tone(BORN.name) == "agrees"
    return not (same_day and level.tone == "agrees" and _changed_places(one, other))


def _changed_places(one: Person, other: Person) -> bool:
    """The same given names in another order, or the half of a compound one."""
    halves = one.given.startswith(other.given) or other.given.startswith(one.given)
    return halves or set(one.givens) == set(other.givens)


def too_little(one: Person, other: Person, found: Compared) -> bool:
    """An identifier typed in the wrong fiche is not a person: two of the name, the given name and the date agree."""
    alike = [found.tone(name) for name in (FAMILY.name, GIVEN.name, BORN.name)]
    return alike.count("agrees") + 0.5 * alike.count("near") < 2 or "differs" in alike


def another_sex(one: Person, other: Person, found: Compared) -> bool:
    return found.tone(SEX.name) == "differs" and found.tone(GIVEN.name) != "agrees"


def namesakes(one: Person, other: Person, found: Compared) -> bool:
    """Same names, but born elsewhere, or on another day and nobody says where, with nothing else in common."""
    if any(found.tone(name) == "agrees" for name in ("ins", "ipp")):
        return False
    another_day = found.levels[BORN.name] is ONE_PART_DIFFERS and found.tone(COMMUNE.name) != "agrees"
    return another_day or found.tone(COMMUNE.name) == "differs"


TWO_PEOPLE = (another_ins, another_rank, twins, too_little, another_sex, namesakes)
