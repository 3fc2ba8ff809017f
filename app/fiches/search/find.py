"""The whole search, the best first: by a number, by the names as typed, by their beginning, then with slips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, any_, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.fiches.find import Listed, lines
from app.fiches.models import fiche
from app.fiches.search import known, named
from app.fiches.search.asked import Asked, read_asked
from app.fiches.search.readings import halves, looked_up, readings, split

LIMIT = 20
SLIPPED = "orthographe proche"
Why = str
"""What answered, "" when the name itself does."""


class Match(NamedTuple):
    line: Listed
    why: Why


def search(session: Session, text: str, limit: int = LIMIT) -> tuple[Listed, ...]:
    return tuple(match.line for match in matches(session, text, limit))


def matches(session: Session, text: str, limit: int = LIMIT) -> list[Match]:
    """Fiches of the hospital that answer to every word. An empty text finds nothing."""
    asked = read_asked(text)
    found: dict[str, Why] = known.known_by(session, asked.number, limit) if asked.number else {}
    for ids, why in _tiers(session, asked, limit):
        for fiche_id in ids:
            found.setdefault(fiche_id, why)
        if len(found) >= limit:
            break
    return _told(session, dict(list(found.items())[:limit]), asked)


def _tiers(session: Session, asked: Asked, limit: int) -> Iterator[tuple[Sequence[str], Why]]:
    """Each costs a statement or two, asked for only when those before it did not fill the page; the last ones only
    when nothing answers."""
    if not asked.names:
        yield (named.born(session, asked, limit) if asked.dates else ()), ""
        return
    words = named.known_words(session, looked_up(asked.names))
    exact = named.called(session, readings(asked.names, words, 0), asked, limit)
    yield exact, ""
    begun = named.beginning(session, asked, limit)
    yield begun, ""
    near = named.called(session, readings(asked.names, words, 1), asked, limit, each_name=True)
    yield near, SLIPPED
    if not (exact or begun or near):
        yield named.called(session, readings(asked.names, words, 2), asked, limit, each_name=True), SLIPPED
        yield _stuck_together(session, asked, limit), SLIPPED


def _stuck_together(session: Session, asked: Asked, limit: int) -> list[str]:
    if len(asked.names) != 1:
        return []
    word = asked.names[0]
    return named.called(session, split(word, named.words_among(session, halves(word))), asked, limit)


def _told(session: Session, found: dict[str, Why], asked: Asked) -> list[Match]:
    rows = session.execute(_lines(), {"ids": list(found)}) if found else ()
    by_id = {row.id: Listed._make(row) for row in rows}
    return [Match(by_id[fiche_id], why) for fiche_id, why in found.items() if fiche_id in by_id]


@cache
def _lines() -> Select[Any]:
    asked = bindparam("ids", type_=ARRAY(fiche.c.id.type))
    return lines().where(fiche.c.id == any_(asked), fiche.c.merged_into.is_(None))
