"""The fiches whose names answer: each statement reads two indexes and the narrow lines of the hospital."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Integer, Select, and_, any_, bindparam, exists, func, or_, select
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
LIMIT = bindparam("limit", type_=Integer)


def known_words(session: Session, slips: Iterable[str]) -> frozenset[str]:
    """The words of the hospital that share one of these slips."""
    return frozenset(session.scalars(_known_words(), {"slips": sorted(slips)}))


def words_among(session: Session, words: Iterable[str]) -> frozenset[str]:
    return frozenset(session.scalars(_words_among(), {"slips": sorted(words)}))


def called(
    session: Session, readings: Sequence[Reading], asked: Asked, limit: int, *, each_name: bool = False
) -> list[str]:
    """Ids of those whose names answer one of the readings: first those called so at birth, then those whose birth name
    is one of the words, then by name. `each_name`: one of each name before the second of any, for when nobody knows
    which name was meant."""
    if not readings:
        return []
    words = {
        f"word_{number}_{place}": sorted(some)
        for number, reading in enumerate(readings)
        for place, some in enumerate(reading)
    }
    every_word = sorted({word for reading in readings for some in reading for word in some})
    statement = _called(tuple(map(len, readings)), len(asked.dates), len(asked.codes), each_name)
    return _ids(session, statement, asked, limit, words | {"words": every_word})


def beginning(session: Session, asked: Asked, limit: int) -> list[str]:
    """« nes », « nessi ru », « ru nessi »: names of which the beginning was typed, the family name being there."""
    names = asked.names
    cuts = [("".join(names[:at]), "".join(names[at:])) for at in range(1, len(names) + 1)]
    orders = [order for cut in cuts for order in (dict.fromkeys((cut, cut[::-1])) if cut[1] else (cut,))]
    begins: dict[str, Any] = {}
    for number, (family, given) in enumerate(orders):
        begins |= _ends(f"family_{number}", family) | {f"given_{number}": f"{given}%"}
    statement = _beginning(tuple(bool(given) for _, given in orders), len(asked.dates), len(asked.codes))
    return _ids(session, statement, asked, limit, begins)


def born(session: Session, asked: Asked, limit: int) -> list[str]:
    return _ids(session, _born(len(asked.dates), len(asked.codes)), asked, limit, {})


def _ids(session: Session, statement: Select[Any], asked: Asked, limit: int, given: dict[str, Any]) -> list[str]:
    beside: dict[str, Any] = {f"code_{number}": code for number, code in enumerate(asked.codes)}
    for number, date in enumerate(asked.dates):
        beside |= _ends(f"date_{number}", date)
    return [str(one) for one in session.scalars(statement, {**given, **beside, "limit": limit})]


# Statements are made once for each number of words, of dates and of codes: making one costs more than asking it.


@cache
def _known_words() -> Select[Any]:
    return select(name_slip.c.word).distinct().where(name_slip.c.slip == any_(_words("slips")))


@cache
def _words_among() -> Select[Any]:
    return _known_words().where(name_slip.c.slip == name_slip.c.word)


@lru_cache(maxsize=256)
def _called(sizes: tuple[int, ...], dates: int, codes: int, each_name: bool) -> Select[Any]:
    """`sizes`: how many words each reading has."""
    held = fiche_words.c.words
    read = (
        and_(*(held.overlap(_words(f"word_{number}_{place}")) for place in range(size)))
        for number, size in enumerate(sizes)
    )
    family, given = (func.split_part(listed.c.name_key, " ", place) == any_(_words("words")) for place in (1, 2))
    found = select(listed.c.fiche_id).join(fiche_words, fiche_words.c.fiche_id == listed.c.fiche_id)
    found = found.where(or_(*read), *_conditions(dates, codes))
    by_name = (listed.c.name_key, listed.c.fiche_id)
    namesake = func.row_number().over(partition_by=listed.c.name_key, order_by=listed.c.fiche_id)
    best = (and_(family, given).desc(), family.desc(), *((namesake,) if each_name else ()))
    return found.order_by(*best, *by_name).limit(LIMIT)


@lru_cache(maxsize=256)
def _beginning(with_given: tuple[bool, ...], dates: int, codes: int) -> Select[Any]:
    """`with_given`: whether a given name follows, for each order of the pieces."""
    begins = or_(*(_begins(number, given) for number, given in enumerate(with_given)))
    found = select(listed.c.fiche_id).where(begins, *_conditions(dates, codes))
    return found.order_by(listed.c.name_key, listed.c.fiche_id).limit(LIMIT)


@lru_cache(maxsize=256)
def _born(dates: int, codes: int) -> Select[Any]:
    found = select(listed.c.fiche_id).where(*_conditions(dates, codes))
    return found.order_by(listed.c.birth_date, listed.c.fiche_id).limit(LIMIT)


def _conditions(dates: int, codes: int) -> Iterator[ColumnElement[bool]]:
    """The line of the hospital, the dates and the numbers that were typed beside the names."""
    yield listed.c.site == HOSPITAL
    for number in range(dates):
        yield _between(listed.c.birth_date, f"date_{number}")
    for number in range(codes):
        same = func.lower(identifier.c.extension) == bindparam(f"code_{number}", type_=columns.KEY)
        yield exists().where(identifier.c.fiche_id == listed.c.fiche_id, same)


def _begins(number: int, given: bool) -> ColumnElement[bool]:
    begins = _between(listed.c.name_key, f"family_{number}")
    if not given:
        return begins
    name = func.split_part(listed.c.name_key, " ", 2)
    return and_(begins, name.like(bindparam(f"given_{number}", type_=columns.KEY)))


def _between(column: Column[str], name: str) -> ColumnElement[bool]:
    first, last = (bindparam(one, type_=column.type) for one in (name, f"{name}_end"))
    return and_(column >= first, column <= last)


def _ends(name: str, beginning: str) -> dict[str, str]:
    return {name: beginning, f"{name}_end": beginning + AFTER}


def _words(name: str) -> Any:
    return bindparam(name, type_=WORDS)
