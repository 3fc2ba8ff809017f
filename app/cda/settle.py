"""Settle one document: from its bytes to its final state, with everything that goes with it (O2).

Its batch writes it all. Only an integrated document changes a fiche; any other leaves its own row, its alerts, its
answer and its trace in the audit.
"""

from __future__ import annotations

import zlib
from dataclasses import replace

from app.cda import crash
from app.cda.archive import StoredArchive
from app.cda.batch import Batch, Draft
from app.cda.conclude import conclude
from app.cda.document import Document
from app.cda.integrate import Reception, integrate
from app.cda.known_codes import with_unknown_codes
from app.cda.official import official_findings
from app.cda.outcomes import ArchivedAsNotForUs, ArchivedAsResend, Code, Finding, Integrated, Rejected, Rejection
from app.cda.parse import NotForUs, parse
from app.cda.qualify import qualify
from app.cda.stopwatch import CPU_SECONDS, cpu_limit
from app.cda.unwrap.enclosed import is_archive
from app.cda.verdict import Verdict, Waiting
from app.tenants.hospital import Hospital
from app.terminology.known import unknown_among

ZIP_REFUSED = "Une archive n’est pas admise là où un document est attendu."


def read_ahead(batch: Batch, hospital: Hospital, waiting: Waiting) -> None:
    """`settle` will not have to; all that the documents of a batch ask can then be asked at once."""
    if batch.ahead.wants(waiting):
        batch.ahead.keep(waiting, _read(hospital, waiting))


def settle(batch: Batch, hospital: Hospital, waiting: Waiting) -> Verdict:
    """Nothing is written yet, so that a document that fails leaves nothing: nothing partial, ever. The caller then
    closes the batch."""
    crash.step("document.opened")
    draft = Draft(batch)
    verdict = _recognise(batch, waiting) or _judge(draft, hospital, waiting)
    crash.step("document.ruled")
    rows = draft.rows if isinstance(verdict.outcome, Integrated) else {}
    batch.take(waiting, verdict, rows, conclude(waiting, verdict))
    crash.step("document.concluded")
    return verdict


def _recognise(batch: Batch, waiting: Waiting) -> Verdict | None:
    """The very bytes of the last integrated document (N2): no need to read them again."""
    fiche_id = batch.resent(waiting.sha256) if waiting.seen_before else None
    return Verdict(ArchivedAsResend(fiche_id)) if fiche_id else None


def _judge(draft: Draft, hospital: Hospital, waiting: Waiting) -> Verdict:
    """The form of the document (connected-mode 7), then the rules."""
    read = draft.batch.ahead.take_read(waiting) or _read(hospital, waiting)
    return _rule(draft, hospital, waiting, read) if isinstance(read, Document) else read


def _read(hospital: Hospital, waiting: Waiting) -> Document | Verdict:
    try:
        with cpu_limit(CPU_SECONDS):
            body = zlib.decompress(waiting.body)
            document = with_unknown_codes(qualify(_open(body), hospital), unknown_among)
            document = replace(document, findings=(*document.findings, *official_findings(body)))
    except NotForUs:
        return Verdict(ArchivedAsNotForUs())
    except Rejection as rejection:
        return _refused(rejection, waiting)
    crash.step("document.parsed")
    return document


def _rule(draft: Draft, hospital: Hospital, waiting: Waiting, document: Document) -> Verdict:
    past = StoredArchive(document.set_id, draft.batch.history)
    try:
        with cpu_limit(CPU_SECONDS):
            outcome = integrate(document, Reception(waiting.id, waiting.received_at), hospital, draft, past)
    except Rejection as rejection:
        return _refused(rejection, waiting)
    return Verdict(outcome, document, outcome.warnings if isinstance(outcome, Integrated) else document.findings)


def _refused(rejection: Rejection, waiting: Waiting) -> Verdict:
    refused = Rejected(rejection.code, rejection.detail, rejection.line)
    return Verdict(refused, None, _official(zlib.decompress(waiting.body)), rejection.named)


def _official(body: bytes) -> tuple[Finding, ...]:
    """Of a document refused already: that they take too long changes nothing."""
    try:
        with cpu_limit(CPU_SECONDS):
            return official_findings(body)
    except Rejection:
        return ()


def _open(body: bytes) -> Document:
    if is_archive(body):
        raise Rejection(Code.ZIP, ZIP_REFUSED)
    return parse(body)
