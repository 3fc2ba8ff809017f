"""Which pairs are compared: those that share one of these keys. Pure.

Each key forgives what another does not: whoever typed the name wrong typed the date right, and the other way round.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.identity.search.people import Person, sound

Key = Callable[[Person], str | None]


def _day(person: Person) -> str | None:
    """The day, whichever way round, with the sex: some three people of a hospital of a hundred thousand."""
    return person.either_way


def _names(person: Person) -> str | None:
    """Both names by their sound, in either order."""
    return " ".join(sorted((sound(person.family), sound(person.given)))) if person.family and person.given else None


def _used(person: Person) -> str | None:
    """Every family name with the given name: the used name of one may be the birth name of the other."""
    if len(person.families) < 2 or not person.given:
        return _names(person)
    return " ".join(sorted((sound(person.families[1]), sound(person.given))))


def _family_and_year(person: Person) -> str | None:
    return f"{sound(person.family)} {person.born[:4]} {person.given[:1]}" if person.born and person.family else None


def _given_and_month(person: Person) -> str | None:
    return f"{person.given} {person.born[:7]}" if person.born and person.given else None


def _anniversary(person: Person) -> str | None:
    return f"{person.family[:4]} {person.born[5:]}" if person.born and person.family else None


def _first(values: frozenset[str]) -> str | None:
    return min(values) if values else None


KEYS: Mapping[str, Key] = {
    "key_ins": lambda person: _first(person.ins),
    "key_ipp": lambda person: _first(person.ipp),
    "key_day": _day,
    "key_names": _names,
    "key_used": _used,
    "key_family_year": _family_and_year,
    "key_given_month": _given_and_month,
    "key_anniversary": _anniversary,
}
"""Column → key. None: this person is not compared by it."""
