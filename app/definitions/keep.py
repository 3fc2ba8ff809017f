"""Describe an edition, publish it: two acts of the national team, each leaving its trace."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import audit, clock
from app.definitions import published
from app.definitions.described import BadDescription as BadDescription
from app.definitions.editions import FAMILIES, SDM, Described, Step, step_of, with_editions
from app.definitions.models import DefinitionEdition as Row
from app.definitions.models import DefinitionImpact as Impact
from app.recueils.definition import RECUEILS
from app.sdm.model import DefinitionError as DefinitionError

LONGEST_LABEL = 120
FRESH = timedelta(days=30)


class CannotPublish(ValueError):
    """The message is a French sentence that says what to do next."""


def describe(session: Session, family: str, label: str, changes: Any, *, by: str) -> Row:
    """A candidate: the next number of its family. Raises BadDescription, DefinitionError."""
    if family not in FAMILIES:
        raise BadDescription(f"Famille inconnue : choisir parmi {', '.join(FAMILIES)}.")
    if not label.strip() or len(label) > LONGEST_LABEL:
        raise BadDescription(f"Un libellé est attendu, de {LONGEST_LABEL} caractères au plus.")
    number = _next_number(session, family)
    step_in(session, Described(family, number, label.strip(), changes))
    row = Row(
        id=UUID(clock.new_id()), family=family, number=number, label=label.strip(), changes=changes, described_by=by
    )
    session.add(row)
    session.flush()
    _trace(session, "definition:describe", row, by)
    return row


def publish(session: Session, row: Row, applies_from: date, *, by: str) -> None:
    """Raises CannotPublish: the SDM, an edition published already or whose former is not, no fresh report, a past
    day."""
    today = clock.now().date()
    if row.family == SDM:
        raise CannotPublish("Le SDM-MR est national\u202f: il change avec une version de BaMaRa.")
    if row.applies_from is not None:
        raise CannotPublish("Cette édition est déjà publiée.")
    if applies_from < today:
        raise CannotPublish("La date d’application est passée : choisir aujourd’hui ou un jour à venir.")
    former = session.scalars(select(Row).where(Row.family == row.family, Row.number < row.number)).all()
    if any(one.applies_from is None or one.applies_from > applies_from for one in former):
        raise CannotPublish("Une édition antérieure n’est pas encore publiée, ou le sera plus tard.")
    if not _has_fresh_report(session, row):
        raise CannotPublish("Aucun rapport d’impact de moins de trente jours : le calculer d’abord.")
    row.applies_from, row.published_at, row.published_by = applies_from, clock.now(), by
    session.flush()
    published.forget()
    _trace(session, "definition:publish", row, by)


def step_in(session: Session, described: Described) -> Step:
    """What an edition changes on the one before it. Raises BadDescription, DefinitionError."""
    former = select(Row).where(Row.family == described.family, Row.number < described.number).order_by(Row.number)
    before = [as_described(one) for one in session.scalars(former)]
    recueils = dict(RECUEILS)
    if described.family in recueils:
        recueils[described.family] = with_editions(recueils[described.family], before)
    return step_of(recueils, described)


def as_described(row: Row) -> Described:
    return Described(row.family, row.number, row.label, row.changes, row.applies_from)


def _next_number(session: Session, family: str) -> int:
    written = session.scalar(select(func.max(Row.number)).where(Row.family == family)) or 0
    coded = RECUEILS[family].editions[-1].number if family in RECUEILS else 1
    return max(written, coded) + 1


def _has_fresh_report(session: Session, row: Row) -> bool:
    since = clock.now() - FRESH
    asked = select(Impact.id).where(Impact.edition_id == row.id, Impact.state == "done", Impact.finished_at >= since)
    return session.scalar(asked.limit(1)) is not None


def _trace(session: Session, act: str, row: Row, by: str) -> None:
    detail = {"family": row.family, "number": row.number, "from": str(row.applies_from or "")}
    audit.record_shared(session, actor=by, action=act, detail=detail)
