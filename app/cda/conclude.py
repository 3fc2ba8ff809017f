"""Conclude: write verdicts down, in the transaction of the batch (O2).

What later documents of the batch may ask for is written at once; the rest once per batch, in three statements.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from app import audit
from app.cda import crash
from app.cda.acknowledge import actor_of, message
from app.cda.fingerprint import fingerprint
from app.cda.models import journal_line, outgoing_answer, received_document
from app.cda.outcomes import Integrated, Rejected, State
from app.cda.verdict import Verdict, Waiting
from app.clock import now
from app.fiches.alerts import add_alerts
from app.fiches.proposals import add_proposals
from app.fiches.record import Change

Settled = tuple[Waiting, Verdict]

FINISHED = (
    "state",
    "code",
    "fiche_id",
    "report",
    "finished_at",
    "set_id",
    "version_number",
    "effective_at",
    "fingerprint",
)
FINISH = (
    update(received_document)
    .where(received_document.c.id == bindparam("document_id"))
    .values({name: bindparam(name, type_=received_document.c[name].type) for name in FINISHED})
)


def conclude(session: Session, waiting: Waiting, verdict: Verdict) -> None:
    """What one document leaves behind: its changes, its journal, its alerts and proposals."""
    match verdict.outcome:
        case Integrated(fiche_id=fiche_id, journal=journal, alerts=alerts, proposals=proposals):
            _finish(session, [(waiting, verdict)])
            _write_journal(session, waiting.id, journal)
            add_alerts(session, waiting.id, fiche_id, alerts)
            add_proposals(session, waiting.id, fiche_id, proposals)
        case Rejected(alerts=alerts):
            add_alerts(session, waiting.id, None, alerts)
    crash.step("document.concluded")


def close(session: Session, settled: Sequence[Settled]) -> None:
    """The final states that `conclude` left, the lines of audit, the answers to send. Neither names a patient."""
    _finish(session, [one for one in settled if one[1].state != State.INTEGRATED])
    crash.step("drain.finished")
    audit.record_all(session, [_event(waiting, verdict) for waiting, verdict in settled])
    answers = [_answer(waiting, verdict) for waiting, verdict in settled]
    if answers:
        session.execute(insert(outgoing_answer), answers)


def _finish(session: Session, settled: Sequence[Settled]) -> None:
    if settled:
        session.execute(FINISH, [_final_row(waiting, verdict) for waiting, verdict in settled])


def _final_row(waiting: Waiting, verdict: Verdict) -> dict[str, Any]:
    document = verdict.document
    integrated = verdict.state == State.INTEGRATED
    return {
        "document_id": waiting.id,
        "state": verdict.state,
        "code": verdict.code,
        "fiche_id": verdict.fiche_id,
        "report": verdict.report,
        "finished_at": now(),
        "set_id": document and document.set_id,
        "version_number": document and document.version_number,
        "effective_at": document and document.effective_at,
        "fingerprint": fingerprint(document) if document and integrated else None,
    }


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
