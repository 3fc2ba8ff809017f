"""Identity alerts: two fiches that may be one person, a document that found two. A person closes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, Select, and_, bindparam, func, insert, or_, select, update
from sqlalchemy.orm import Session

from app import clock
from app.fiches.models import identity_alert as table
from app.fiches.record import Alert

Outcome = Literal["merged", "dismissed"]
"""How an alert was settled: one person, whose fiches were merged, or nothing to merge."""


@dataclass(frozen=True, slots=True)
class StoredAlert:
    id: int
    kind: str
    fiche_id: str | None
    other_fiche_id: str | None
    document_id: str | None
    explanation: str
    created_at: datetime

    def other_than(self, fiche_id: str) -> str | None:
        """The fiche at the other end, seen from one of the two."""
        return self.fiche_id if self.other_fiche_id == fiche_id else self.other_fiche_id


def add_alerts(session: Session, document_id: str | None, fiche_id: str | None, alerts: Iterable[Alert]) -> None:
    """Raises the alerts, `fiche_id` being the fiche of those that do not name theirs. One that is open already, from
    whichever of the two fiches, is not raised twice; two people known to be two are not suggested again."""
    for alert in alerts:
        about = alert.fiche_id or fiche_id
        if session.scalar(_known_already(alert, about)) is None:
            session.execute(
                insert(table).values(
                    kind=alert.kind,
                    fiche_id=about,
                    other_fiche_id=alert.other_fiche_id,
                    document_id=document_id,
                    explanation=alert.explanation,
                    weight=alert.weight,
                )
            )


def open_alerts(session: Session, fiche_id: str | None = None) -> Sequence[StoredAlert]:
    """The alerts nobody has closed, oldest first: of one fiche, or of the hospital."""
    rows = session.execute(_OPEN_OF_FICHE, {"of_fiche": fiche_id}) if fiche_id else session.execute(_OPEN)
    return [StoredAlert(*row) for row in rows]


def count_open(session: Session) -> int:
    """How many wait in the hospital."""
    return session.scalar(_COUNT) or 0


def close_alerts(session: Session, which: ColumnElement[bool], by: str, outcome: Outcome) -> None:
    """Closing one twice keeps the first time and person."""
    closing = update(table).where(which, table.c.closed_at.is_(None))
    session.execute(closing.values(closed_at=clock.now(), closed_by=by, outcome=outcome))


def between(fiche_id: str | None, other_fiche_id: str | None) -> ColumnElement[bool]:
    """The alerts that link the two, from whichever of them."""
    ends = (fiche_id, other_fiche_id)
    return or_(*(and_(*map(_same, (table.c.fiche_id, table.c.other_fiche_id), way)) for way in (ends, ends[::-1])))


def _known_already(alert: Alert, fiche_id: str | None) -> Select[tuple[int]]:
    waits = and_(table.c.kind == alert.kind, table.c.closed_at.is_(None))
    if alert.kind == "possible_duplicate":
        waits = or_(waits, table.c.outcome == "dismissed")
    return select(table.c.id).where(between(fiche_id, alert.other_fiche_id), waits).limit(1)


def _same(column: Column[Any], fiche_id: str | None) -> ColumnElement[bool]:
    return column.is_(None) if fiche_id is None else column == fiche_id


_OF_FICHE = bindparam("of_fiche", type_=table.c.fiche_id.type)
_COUNT = select(func.count()).select_from(table).where(table.c.closed_at.is_(None))
_SHOWN: Select[Any] = select(*(table.c[name] for name in StoredAlert.__slots__))
_OPEN = _SHOWN.where(table.c.closed_at.is_(None)).order_by(table.c.created_at, table.c.id)
_OPEN_OF_FICHE = _OPEN.where(or_(table.c.fiche_id == _OF_FICHE, table.c.other_fiche_id == _OF_FICHE))
