"""Preview a document: the same code as its integration, then everything is rolled back (O5)."""

from __future__ import annotations

import hashlib
import logging
import zlib
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.cda.acknowledge import WORST_FIRST, finding_json, message
from app.cda.batch import Batch
from app.cda.models import received_document
from app.cda.outcomes import ArchivedAsNotForUs, Code, Integrated, NotForUs, Rejected, Rejection
from app.cda.settle import settle
from app.cda.unwrap.enclosed import Enclosed
from app.cda.unwrap.envelope import envelope_of, largest, unwrap
from app.cda.verdict import Quarantined, Verdict, Waiting
from app.clock import new_id, now
from app.fiches.record import Change
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital

CHANNEL = "preview"

log = logging.getLogger(__name__)


class _NothingIsKept(Exception):
    """Leaves the session by its rollback, with the verdict."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict


def preview(hospital: Hospital, body: bytes, *, is_mail: bool = False) -> dict[str, Any]:
    """What the integration of `body` would do now: outcome, code, fiche id (None for a fiche that would be created
    or when there is none), changes item by item, warnings. The values are a patient's: for the hospital's eyes.
    Of a mail or an archive with several documents, the gravest outcome, and `documents`, each as if it came alone."""
    if len(body) > largest(is_mail=is_mail):
        return _shape(Verdict(Rejected(Code.SIZE)))
    try:
        envelope = envelope_of(body, is_mail=is_mail)
        found = unwrap(envelope, body) if envelope else [Enclosed(body)]
    except NotForUs:
        return _shape(Verdict(ArchivedAsNotForUs()))
    except Rejection as refusal:
        return _shape(_refused(refusal))
    shown = [_preview_one(hospital, one) for one in found]
    gravest = min(shown, key=lambda one: WORST_FIRST.index(one["outcome"]))
    return gravest if len(shown) == 1 else {**gravest, "documents": shown}


def _preview_one(hospital: Hospital, enclosed: Enclosed) -> dict[str, Any]:
    if enclosed.refusal:
        return _shape(_refused(enclosed.refusal))
    if not enclosed.for_us:
        return _shape(Verdict(ArchivedAsNotForUs()))
    try:
        with hospital_session(hospital.code) as session:
            raise _NothingIsKept(_settle(session, hospital, enclosed.body))
    except _NothingIsKept as end:
        return _shape(end.verdict)


def _refused(refusal: Rejection) -> Verdict:
    return Verdict(Rejected(refusal.code, refusal.detail, refusal.line))


def _settle(session: Session, hospital: Hospital, body: bytes) -> Verdict:
    batch, waiting = Batch(session), _receive(session, body)
    try:
        verdict = settle(batch, hospital, waiting)
        batch.close()
        return verdict
    except Exception:  # the integration would count it as a crash, and quarantine the third
        log.exception("preview failed: %s", hospital.code)
        return Verdict(Quarantined())


def _receive(session: Session, body: bytes) -> Waiting:
    sha256, compressed = hashlib.sha256(body).digest(), zlib.compress(body, 1)
    waiting = Waiting(new_id(), now(), CHANNEL, sha256, compressed, 1, len(body), seen_before=True)
    row = {"id": waiting.id, "channel": CHANNEL, "sha256": waiting.sha256, "body": waiting.body, "size": len(body)}
    session.execute(insert(received_document).values(row))
    return waiting


def _shape(verdict: Verdict) -> dict[str, Any]:
    integrated = verdict.outcome if isinstance(verdict.outcome, Integrated) else None
    return {
        "outcome": verdict.state,
        "code": verdict.code,
        "message": message(verdict.state, verdict.code, verdict.line),
        "detail": verdict.detail,
        "line": verdict.line,
        "fiche_id": None if integrated and integrated.created else verdict.fiche_id,
        "changes": [_change(change) for change in integrated.journal] if integrated else [],
        "warnings": [finding_json(finding) for finding in verdict.findings],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "block": change.block,
        "key": change.key,
        "item": change.item,
        "from": change.before,
        "to": change.after,
        "rule": change.rule,
        "note": change.note,
    }
