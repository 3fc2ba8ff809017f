"""The journal of received documents, newest first: filters, search, keyset pages. No value of a patient is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from app.cda.models import received_document
from app.cda.moments import PARIS
from app.cda.watch.sought import Sought

PAGE = 50
MOST_TOGETHER = 5000
"""Documents replayed at once."""

row = received_document.c
_SHOWN = (
    "id",
    "seq",
    "part",
    "received_at",
    "channel",
    "state",
    "code",
    "set_id",
    "own_id",
    "version_number",
    "transport_id",
    "fiche_id",
    "part_of",
    "replay_of",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """`seq` and `part` are its place in the journal; `part_of` the mail or archive that brought it; `replay_of` the
    document whose bytes were received again."""

    id: str
    seq: int
    part: int
    received_at: datetime
    channel: str
    state: str
    code: str | None
    set_id: str | None
    own_id: str | None
    version_number: int | None
    transport_id: str | None
    fiche_id: str | None
    part_of: str | None
    replay_of: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """`older` is where the next page starts, None at the end."""

    lines: Sequence[Listed]
    older: str | None


def page_of(session: Session, asked: Sought) -> Page:
    wanted = select(*(row[name] for name in _SHOWN)).where(_matches(asked))
    if asked.before is not None:
        wanted = wanted.where(tuple_(row.seq, row.part) < asked.before)
    ordered = wanted.order_by(row.seq.desc(), row.part.desc()).limit(PAGE + 1)
    found = [Listed(*one) for one in session.execute(ordered)]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(found[:PAGE], f"{last.seq}.{last.part}" if last else None)


def number_of(session: Session, asked: Sought) -> int:
    """How many documents the filters hold, at most MOST_TOGETHER + 1."""
    some: Select[Any] = select(row.id).where(_matches(asked)).limit(MOST_TOGETHER + 1)
    return session.scalar(select(func.count()).select_from(some.subquery())) or 0


def ids_of(session: Session, asked: Sought) -> list[str]:
    """Their ids in order of reception, at most MOST_TOGETHER."""
    return list(session.scalars(select(row.id).where(_matches(asked)).order_by(row.seq, row.part).limit(MOST_TOGETHER)))


def known_among(session: Session, document_ids: Sequence[str]) -> list[str]:
    """Those that this hospital received, in order of reception."""
    return list(session.scalars(select(row.id).where(row.id.in_(document_ids)).order_by(row.seq, row.part)))


def _matches(asked: Sought) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = []
    if asked.states:
        parts.append(row.state.in_(asked.states))
    if asked.code:
        parts.append(row.code == asked.code)
    if asked.texts:
        parts.append(or_(*_called(asked)))
    if asked.day:
        parts += [row.received_at >= _midnight(asked.day), row.received_at < _midnight(asked.day + timedelta(days=1))]
    return and_(True, *parts)


def _called(asked: Sought) -> Iterator[ColumnElement[bool]]:
    """Our own id, or the beginning of what its sender or its channel calls it."""
    if asked.document_id:
        yield from (one == asked.document_id for one in (row.id, row.replay_of, row.part_of))
    yield and_(row.own_id.is_not(None), func.split_part(row.own_id, "^", 2) == asked.texts[0])
    for column in (row.transport_id, row.set_id, row.own_id):
        yield from (column.startswith(text, autoescape=True) for text in asked.texts)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=PARIS)
