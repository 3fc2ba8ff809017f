"""Conclude: write a verdict down, in the transaction of the document (O2)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from app import audit
from app.cda import crash
from app.cda.acknowledge import actor_of, message
from app.cda.fingerprint import fingerprint
from app.cda.models import journal_line, outgoing_answer, received_document
from app.cda.outcomes import Integrated, Rejected
from app.cda.verdict import Verdict, Waiting
from app.clock import now
from app.fiches.alerts import add_alerts
from app.fiches.models import fiche
from app.fiches.proposals import add_proposals
from app.fiches.record import Change


def conclude(session: Session, waiting: Waiting, verdict: Verdict) -> None:
    """The final state with its journal, its alerts and proposals, its line of audit and its answer."""
    _finish(session, waiting, verdict)
    match verdict.outcome:
        case Integrated() as integrated:
            _write_changes(session, waiting.id, integrated)
        case Rejected(alerts=alerts):
            add_alerts(session, waiting.id, None, alerts)
    _tell(session, waiting, verdict)
    crash.step("document.concluded")


def _finish(session: Session, waiting: Waiting, verdict: Verdict) -> None:
    state, code, fiche_id = verdict.ending
    row: dict[str, Any] = {"state": state, "code": code, "fiche_id": fiche_id}
    if verdict.document:
        row["set_id"] = verdict.document.set_id
        row["version_number"] = verdict.document.version_number
        row["effective_at"] = verdict.document.effective_at
    if verdict.document and isinstance(verdict.outcome, Integrated):
        row["fingerprint"] = fingerprint(verdict.document)
    mine = received_document.c.id == waiting.id
    session.execute(update(received_document).where(mine).values(**row, report=verdict.report, finished_at=now()))


def _write_changes(session: Session, document_id: str, integrated: Integrated) -> None:
    fiche_id = integrated.fiche_id
    moved = fiche.c.last_document_id.is_distinct_from(document_id)
    session.execute(update(fiche).where(fiche.c.id == fiche_id, moved).values(last_document_id=document_id))
    _write_journal(session, document_id, integrated.journal)
    add_alerts(session, document_id, fiche_id, integrated.alerts)
    add_proposals(session, document_id, fiche_id, integrated.proposals)


def _write_journal(session: Session, document_id: str, journal: Sequence[Change]) -> None:
    """One row per fiche that the document touched, its lines in order."""
    of_fiche = attrgetter("fiche_id")
    rows = [
        {"document_id": document_id, "fiche_id": fiche_id, "lines": [_line(change) for change in changes]}
        for fiche_id, changes in groupby(sorted(journal, key=of_fiche), key=of_fiche)
    ]
    if rows:
        session.execute(insert(journal_line), rows)
    crash.step("document.journaled")


def _line(change: Change) -> dict[str, Any]:
    return {
        "block": change.block,
        "key": change.key,
        "item": change.item,
        "before": change.before,
        "after": change.after,
        "rule": change.rule,
        "note": change.note,
    }


def _tell(session: Session, waiting: Waiting, verdict: Verdict) -> None:
    """The trace for the hospital, the answer for the sender: neither names a patient."""
    state, code, fiche_id = verdict.ending
    audit.record(
        session,
        actor=actor_of(waiting.channel),
        action=f"document:{state}",
        fiche_id=fiche_id,
        document_id=waiting.id,
        detail={"code": code} if code else None,
    )
    words = message(state, code, verdict.line)
    answer = {"document_id": waiting.id, "state": state, "code": code, "message": words}
    session.execute(insert(outgoing_answer).values(answer))
