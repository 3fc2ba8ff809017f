"""The fiches whose names answer: each statement reads two indexes and the narrow lines of the hospital."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, any_, exists, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.fiches import columns
from app.fiches.lists.models import HOSPITAL, listed
from app.fiches.models import identifier
from app.fiches.search.asked import Asked
from app.fiches.search.models import fiche_words, name_slip
from app.fiches.search.readings import Reading

WORDS = ARRAY(columns.KEY)
AFTER = "~"
"""After every letter and figure of a key."""


def known_words(session: Session, slips: Iterable[str]) -> frozenset[str]:
    """The words of the hospital that share one of these slips."""
    return frozenset(session.scalars(select(name_slip.c.word).distinct().where(_among(slips))))


def words_among(session: Session, words: Iterable[str]) -> frozenset[str]:
    itself = name_slip.c.slip == name_slip.c.word
    return frozenset(session.scalars(select(name_slip.c.word).distinct().where(_among(words), itself)))


def called(session: Session, readings: Sequence[Reading], asked: Asked, limit: int) -> list[str]:
    """Ids of those whose names answer one of the readings: first those whose birth name is one of the words, then by
    name."""
    if not readings:
        return []
    words = {word for reading in readings for some in reading for word in some}
    answers = or_(*(and_(*(fiche_words.c.words.overlap(_words(some)) for some in reading)) for reading in readings))
    first = func.split_part(listed.c.name_key, " ", 1).in_(sorted(words))
    found = select(listed.c.fiche_id).join(fiche_words, fiche_words.c.fiche_id == listed.c.fiche_id)
    found = found.where(answers, *conditions(asked)).order_by(first.desc(), listed.c.name_key, listed.c.fiche_id)
    return [str(one) for one in session.scalars(found.limit(limit))]


def beginning(session: Session, asked: Asked, limit: int) -> list[str]:
    """« nes », « nessi ru », « ru nessi »: names of which the beginning was typed, the family name being there."""
    names = asked.names
    cuts = [("".join(names[:at]), "".join(names[at:])) for at in range(1, len(names) + 1)]
    orders = [order for cut in cuts for order in ({cut, cut[::-1]} if cut[1] else {cut})]
    begins = or_(*(_begins(family, given) for family, given in orders))
    found = select(listed.c.fiche_id).where(begins, *conditions(asked))
    return [str(one) for one in session.scalars(found.order_by(listed.c.name_key, listed.c.fiche_id).limit(limit))]


def born(session: Session, asked: Asked, limit: int) -> list[str]:
    found = select(listed.c.fiche_id).where(*conditions(asked))
    return [str(one) for one in session.scalars(found.order_by(listed.c.birth_date, listed.c.fiche_id).limit(limit))]


def conditions(asked: Asked) -> Iterator[ColumnElement[bool]]:
    """The line of the hospital, the dates and the numbers that were typed beside the names."""
    yield listed.c.site == HOSPITAL
    for date in asked.dates:
        yield _between(listed.c.birth_date, date)
    for code in asked.codes:
        same = (identifier.c.fiche_id == listed.c.fiche_id, func.lower(identifier.c.extension) == code)
        yield exists().where(*same)


def _begins(family: str, given: str) -> ColumnElement[bool]:
    begins = _between(listed.c.name_key, family)
    return and_(begins, func.split_part(listed.c.name_key, " ", 2).like(f"{given}%")) if given else begins


def _between(column: Column[str], beginning: str) -> ColumnElement[bool]:
    return and_(column >= beginning, column <= beginning + AFTER)


def _among(slips: Iterable[str]) -> ColumnElement[bool]:
    return name_slip.c.slip == any_(_words(slips))


def _words(words: Iterable[str]) -> ColumnElement[Any]:
    return literal(sorted(words), WORDS)
