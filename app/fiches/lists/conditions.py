"""What each filter asks of the lines, as a table: filters.py says what a person may ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import Column, ColumnElement, select

from app.fiches.lists.filters import KINDS, SOURCES, STATES
from app.fiches.lists.models import listed
from app.fiches.models import diagnostic

Condition = Callable[[str], ColumnElement[bool]]
LAST_OF_ITS_KIND = "~"
"""After every month and day: « jusqu’à 1977 » holds the whole of 1977."""


def conditions_of(filters: Mapping[str, str]) -> Iterator[ColumnElement[bool]]:
    """`filters` as filters.read_filters then asked_today leave them."""
    yield from (condition(filters[name]) for name, condition in CONDITIONS.items() if name in filters)
    asked = [column == filters[name] for name, column in OF_A_DIAGNOSIS.items() if name in filters]
    if asked:
        same_fiche = diagnostic.c.fiche_id == listed.c.fiche_id
        yield select(1).where(same_fiche, *asked).correlate(listed).exists()


def _is(column: Column[str], words: Mapping[str, str]) -> Condition:
    return lambda word: column == words.get(word, word)


def _from(column: Column[str]) -> Condition:
    return lambda value: column >= value


def _to(column: Column[str]) -> Condition:
    """A date that nobody knows is not before another."""
    return lambda value: (column <= value + LAST_OF_ITS_KIND) & (column > "")


CONDITIONS: Mapping[str, Condition] = {
    "etat": _is(listed.c.quality, STATES),
    "source": _is(listed.c.source, SOURCES),
    "type": _is(listed.c.kind, KINDS),
    "sexe": _is(listed.c.sex, {}),
    "naissance_du": _from(listed.c.birth_date),
    "naissance_au": _to(listed.c.birth_date),
    "inclusion_du": _from(listed.c.inclusion_date),
    "inclusion_au": _to(listed.c.inclusion_date),
    "activite_du": _from(listed.c.last_activity),
    "activite_au": _to(listed.c.last_activity),
    "age_du": _to(listed.c.birth_date),
    "age_au": _from(listed.c.birth_date),
}
OF_A_DIAGNOSIS: Mapping[str, Column[str]] = {"maladie": diagnostic.c.disease_code, "statut": diagnostic.c.status}
"""Asked together of one diagnosis."""
