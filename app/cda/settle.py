"""Settle one document: from its bytes to its final state, with everything that goes with it (O2).

The caller's transaction holds it all. Only an integrated document changes a fiche; any other leaves its own row,
its alerts, its answer and its trace in the audit.
"""

from __future__ import annotations

import zlib

from sqlalchemy.orm import Session

from app.cda import archive, crash
from app.cda.conclude import conclude
from app.cda.document import Document
from app.cda.integrate import Reception, integrate
from app.cda.outcomes import ArchivedAsNotForUs, ArchivedAsResend, Code, Integrated, Outcome, Rejected, Rejection
from app.cda.parse import NotForUs, parse
from app.cda.qualify import qualify
from app.cda.stopwatch import cpu_limit
from app.cda.verdict import Verdict, Waiting
from app.fiches.store import StoredFiches
from app.tenants.hospital import Hospital

CPU_SECONDS = 30
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
ZIP_REFUSED = "Les archives XDM ne sont pas encore admises ici : envoyer le document CDA lui-même."


def settle(session: Session, hospital: Hospital, waiting: Waiting) -> Verdict:
    """What is not integrated is undone before anything is written of it: nothing partial, ever. The caller then
    closes the batch (`conclude.close`)."""
    crash.step("document.opened")
    if waiting.seen_before and (fiche_id := archive.resent(session, waiting.sha256)):
        return Verdict(ArchivedAsResend(fiche_id))
    with session.begin_nested() as savepoint:
        verdict = _judge(session, hospital, waiting)
        crash.step("document.ruled")
        if isinstance(verdict.outcome, Integrated):
            conclude(session, waiting, verdict)
            return verdict
        savepoint.rollback()
    conclude(session, waiting, verdict)
    return verdict


def _judge(session: Session, hospital: Hospital, waiting: Waiting) -> Verdict:
    """The form of the document (connected-mode 7), then the rules."""
    try:
        with cpu_limit(CPU_SECONDS):
            return _read_and_rule(session, hospital, waiting)
    except NotForUs:
        return Verdict(ArchivedAsNotForUs())
    except Rejection as rejection:
        return Verdict(Rejected(rejection.code, rejection.detail, rejection.line))


def _read_and_rule(session: Session, hospital: Hospital, waiting: Waiting) -> Verdict:
    document = qualify(_open(zlib.decompress(waiting.body)), hospital)
    crash.step("document.parsed")
    outcome = _integrate(session, hospital, waiting, document)
    return Verdict(outcome, document, outcome.warnings if isinstance(outcome, Integrated) else document.findings)


def _open(body: bytes) -> Document:
    if body.startswith(ZIP_MAGIC):
        raise Rejection(Code.ZIP, ZIP_REFUSED)
    return parse(body)


def _integrate(session: Session, hospital: Hospital, waiting: Waiting, document: Document) -> Outcome:
    reception = Reception(waiting.id, waiting.received_at)
    past = archive.StoredArchive(session, document.set_id)
    return integrate(document, reception, hospital, StoredFiches(session), past)
