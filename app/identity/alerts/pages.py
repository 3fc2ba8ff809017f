"""The alerts of the hospital, page after page, and one of them with its two fiches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.fiches.models import fiche as fiche_table
from app.fiches.models import identity_alert as table
from app.fiches.shown.titles import name_of

PAGE = 25
KINDS = {
    "possible_duplicate": "Doublon possible",
    "shared_identifier": "Un identifiant sur deux fiches",
    "discordant_traits": "Traits d’identité discordants",
    "ambiguous_document": "Document ambigu",
}
OUTCOMES = {"merged": "fusionnées", "dismissed": "deux personnes"}


@dataclass(frozen=True, slots=True)
class Named:
    """A fiche as an alert names it."""

    id: str
    name: str
    birth_date: str | None


@dataclass(frozen=True, slots=True)
class ShownAlert:
    """`fiches` are one or two."""

    id: int
    kind: str
    explanation: str
    created_at: datetime
    closed_at: datetime | None
    closed_by: str | None
    outcome: str | None
    weight: float | None
    document_id: str | None
    fiches: tuple[Named, ...]

    @property
    def title(self) -> str:
        return KINDS.get(self.kind, "Alerte d’identité")


@dataclass(frozen=True, slots=True)
class Page:
    """`following` is the number to ask the next page with; None on the last one."""

    alerts: tuple[ShownAlert, ...]
    following: int | None


def page_of(session: Session, *, is_open: bool, after: int | None = None, limit: int = PAGE) -> Page:
    """The open ones from the oldest, which waits most; the closed ones from the last."""
    asked = select(table).where(table.c.closed_at.is_(None) if is_open else table.c.closed_at.is_not(None))
    order = table.c.id if is_open else table.c.id.desc()
    if after is not None:
        asked = asked.where(table.c.id > after if is_open else table.c.id < after)
    shown = _shown(session, asked.order_by(order).limit(limit + 1))
    following = shown[limit - 1].id if len(shown) > limit else None
    return Page(tuple(shown[:limit]), following)


def one_alert(session: Session, alert_id: int) -> ShownAlert | None:
    return next(iter(_shown(session, select(table).where(table.c.id == alert_id))), None)


def _shown(session: Session, asked: Select[Any]) -> list[ShownAlert]:
    rows = session.execute(asked).all()
    ids = {one for row in rows for one in (row.fiche_id, row.other_fiche_id) if one}
    named = _named(session, ids)
    return [
        ShownAlert(
            row.id,
            row.kind,
            row.explanation,
            row.created_at,
            row.closed_at,
            row.closed_by,
            row.outcome,
            row.weight,
            row.document_id,
            tuple(named[one] for one in (row.fiche_id, row.other_fiche_id) if one),
        )
        for row in rows
    ]


def _named(session: Session, ids: set[str]) -> dict[str, Named]:
    columns = (fiche_table.c.id, fiche_table.c.answers, fiche_table.c.kind, fiche_table.c.birth_date)
    rows = session.execute(select(*columns).where(fiche_table.c.id.in_(ids))) if ids else ()
    return {row.id: Named(row.id, name_of(row.answers, row.kind), row.birth_date) for row in rows}
