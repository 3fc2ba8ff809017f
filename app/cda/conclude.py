"""Conclude: what a document leaves once it is judged, and how a batch writes it (O2).

`conclude` prepares, document by document, so that one that fails is found out alone; `write_left` and `write_answers`
write for the whole batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import column, insert, update
from sqlalchemy.orm import Session

from app import audit
from app.cda import crash
from app.cda.acknowledge import actor_of, message
from app.cda.models import journal_line, outgoing_answer, received_document
from app.cda.outcomes import Integrated, Rejected
from app.cda.verdict import Verdict, Waiting
from app.clock import now
from app.fiches.alerts import add_alerts
from app.fiches.proposals import add_proposals
from app.fiches.record import Alert, Change, Proposal
from app.fiches.statements import encode, insert_rows, rows_given

FINISHED = (
    "state",
    "code",
    "fiche_id",
    "report",
    "finished_at",
    "set_id",
    "own_id",
    "version_number",
    "effective_at",
    "fingerprint",
)
_RULED = rows_given(column(name, received_document.c[name].type) for name in ("id", *FINISHED))
FINISH = (
    update(received_document)
    .where(received_document.c.id == _RULED.c.id)
    .values({name: _RULED.c[name] for name in FINISHED})
)
WRITE_JOURNAL = insert_rows(journal_line)


@dataclass(frozen=True, slots=True)
class Left:
    """What one document leaves besides the fiches: its final row, its journal, its alerts and proposals."""

    document_id: str
    fiche_id: str | None
    final_row: dict[str, Any]
    journal: Sequence[dict[str, Any]] = ()
    alerts: Sequence[Alert] = ()
    proposals: Sequence[Proposal] = ()


def conclude(waiting: Waiting, verdict: Verdict) -> Left:
    final_row = _final_row(waiting, verdict)
    match verdict.outcome:
        case Integrated(fiche_id=fiche_id, journal=journal, alerts=alerts, proposals=proposals):
            return Left(waiting.id, fiche_id, final_row, _journal_rows(waiting.id, journal), alerts, proposals)
        case Rejected(alerts=alerts):
            return Left(waiting.id, None, final_row, alerts=alerts)
    return Left(waiting.id, verdict.fiche_id, final_row)


def write_left(session: Session, lefts: Sequence[Left]) -> None:
    """After the fiches that it points at."""
    if not lefts:
        return
    crash.step("batch.fiches")
    session.execute(FINISH, {"rows": encode([left.final_row for left in lefts])})
    crash.step("batch.finished")
    journal = [row for left in lefts for row in left.journal]
    if journal:
        session.execute(WRITE_JOURNAL, {"rows": encode(journal)})
    crash.step("batch.journaled")
    for left in lefts:
        add_alerts(session, left.document_id, left.fiche_id, left.alerts)
        if left.fiche_id and left.proposals:
            add_proposals(session, left.document_id, left.fiche_id, left.proposals)


def write_answers(session: Session, settled: Sequence[tuple[Waiting, Verdict]]) -> None:
    """The lines of audit, the answers to send. Neither names a patient."""
    audit.record_all(session, [_event(waiting, verdict) for waiting, verdict in settled])
    answers = [_answer(waiting, verdict) for waiting, verdict in settled]
    if answers:
        session.execute(insert(outgoing_answer), answers)


def _final_row(waiting: Waiting, verdict: Verdict) -> dict[str, Any]:
    document, outcome, named = verdict.document, verdict.outcome, verdict.named
    return {
        "id": waiting.id,
        "state": verdict.state,
        "code": verdict.code,
        "fiche_id": verdict.fiche_id,
        "report": verdict.report,
        "finished_at": now(),
        "set_id": named.set_id,
        "own_id": named.own_id,
        "version_number": document and document.version_number,
        "effective_at": document and document.effective_at,
        "fingerprint": rf"\x{outcome.fingerprint.hex()}" if isinstance(outcome, Integrated) else None,
    }


def _journal_rows(document_id: str, journal: Sequence[Change]) -> list[dict[str, Any]]:
    """One row per fiche that the document touched, its lines in order."""
    of_fiche = attrgetter("fiche_id")
    return [
        {"document_id": document_id, "fiche_id": fiche_id, "lines": [_line(change) for change in changes]}
        for fiche_id, changes in groupby(sorted(journal, key=of_fiche), key=of_fiche)
    ]


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


def _event(waiting: Waiting, verdict: Verdict) -> dict[str, Any]:
    return {
        "actor": actor_of(waiting.channel),
        "action": f"document:{verdict.state}",
        "fiche_id": verdict.fiche_id,
        "document_id": waiting.id,
        "detail": {"code": verdict.code} if verdict.code else {},
    }


def _answer(waiting: Waiting, verdict: Verdict) -> dict[str, Any]:
    words = message(verdict.state, verdict.code, verdict.line)
    return {"document_id": waiting.id, "state": verdict.state, "code": verdict.code, "message": words}
