"""An event, recorded with the act itself: an act undone leaves no trace of having been done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent, SharedAuditEvent


def record(
    session: Session,
    *,
    actor: str,
    action: str,
    fiche_id: str | None = None,
    document_id: str | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """In the caller's transaction. `actor` is « account:<uuid> », « channel:<uuid> » or « system »."""
    event = {"actor": actor, "action": action, "fiche_id": fiche_id, "document_id": document_id, "detail": detail or {}}
    session.execute(_RECORD, event)


def record_all(session: Session, events: Sequence[Mapping[str, Any]]) -> None:
    """`record` for a whole batch in one statement; each event has every field of `record`."""
    if events:
        session.execute(_RECORD, list(events))


def record_shared(
    session: Session,
    *,
    actor: str,
    action: str,
    hospital_id: str | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """The same for what concerns no single hospital's records: sign-ins, accounts, openings."""
    session.execute(
        insert(SharedAuditEvent).values(actor=actor, action=action, hospital_id=hospital_id, detail=detail or {})
    )


_RECORD = insert(cast(Table, AuditEvent.__table__))
"""Made once: every reading is recorded."""
