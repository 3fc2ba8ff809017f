"""Open the mails and archives of a batch: each document in them gets a row, and is settled like any other.

A reception counts as one document until it is opened; then its documents count, and it does not: conservation (O3)
holds at every commit. The documents have its place in the order of reception (O1)."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, text, update

from app import audit
from app.cda import crash
from app.cda.acknowledge import actor_of
from app.cda.batch import Batch
from app.cda.conclude import conclude
from app.cda.models import received_document
from app.cda.outcomes import ArchivedAsNotForUs, NotForUs, Rejected, Rejection, State
from app.cda.stopwatch import CPU_SECONDS, cpu_limit
from app.cda.unwrap.enclosed import Enclosed
from app.cda.unwrap.envelope import Envelope, unwrap
from app.cda.verdict import Verdict, Waiting
from app.clock import new_id, now


class Opening:
    """What a batch finds, envelope after envelope, before it is written for all of them at once."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.documents: list[Waiting] = []
        self._opened: list[tuple[Waiting, int]] = []
        self._rows: list[dict[str, Any]] = []
        self._decided: list[tuple[Waiting, Verdict]] = []

    def add(self, waiting: Waiting) -> None:
        """A bare document is one to settle. An envelope that is refused or archived as a whole is so under its own
        row."""
        if not waiting.envelope:
            self.documents.append(waiting)
            return
        try:
            with cpu_limit(CPU_SECONDS):
                found = unwrap(Envelope(waiting.envelope), zlib.decompress(waiting.body))
        except NotForUs:
            self._decided.append((waiting, Verdict(ArchivedAsNotForUs())))
        except Rejection as rejection:
            self._decided.append((waiting, _refused(rejection)))
        else:
            crash.step("envelope.unwrapped")
            self._keep(waiting, found)

    def write(self) -> list[Waiting]:
        """The documents that are left to settle, in order."""
        if self._opened:
            self.batch.session.execute(_ADD, self._rows)
            self.batch.session.execute(_OPENED, [_opened(*one) for one in self._opened])
            audit.record_all(self.batch.session, [_event(*one) for one in self._opened])
            crash.step("envelope.written")
        for waiting, verdict in self._decided:
            self.batch.take(waiting, verdict, {}, conclude(waiting, verdict))
        return self.documents

    def _keep(self, waiting: Waiting, found: Sequence[Enclosed]) -> None:
        """The documents of an envelope that was tried before have been tried with it: they are taken one by one, so
        that one that kills wears out its own attempts (B10)."""
        self._opened.append((waiting, len(found)))
        for part, one in enumerate(found, 1):
            document = _document(waiting, one.body)
            self._rows.append(_row(document, part))
            if one.refusal:
                self._decided.append((document, _refused(one.refusal)))
            elif not one.for_us:
                self._decided.append((document, Verdict(ArchivedAsNotForUs())))
            elif waiting.attempts == 1:
                self.documents.append(document)


def _refused(rejection: Rejection) -> Verdict:
    return Verdict(Rejected(rejection.code, rejection.detail, rejection.line))


def _document(waiting: Waiting, body: bytes) -> Waiting:
    return Waiting(
        id=new_id(),
        received_at=waiting.received_at,
        channel=waiting.channel,
        sha256=hashlib.sha256(body).digest(),
        body=zlib.compress(body, 1),
        attempts=min(1, waiting.attempts - 1),
        size=len(body),
        seq=waiting.seq,
        part_of=waiting.id,
    )


def _row(document: Waiting, part: int) -> dict[str, Any]:
    return {
        "id": document.id,
        "seq": document.seq,
        "received_at": document.received_at,
        "channel": document.channel,
        "sha256": document.sha256,
        "size": document.size,
        "body": document.body,
        "attempts": document.attempts,
        "part_of": document.part_of,
        "part": part,
    }


def _opened(waiting: Waiting, documents: int) -> dict[str, Any]:
    return {"document_id": waiting.id, "at": now(), "report": {"documents": documents}}


def _event(waiting: Waiting, documents: int) -> dict[str, Any]:
    return {
        "actor": actor_of(waiting.channel),
        "action": "document:opened",
        "fiche_id": None,
        "document_id": waiting.id,
        "detail": {"documents": documents},
    }


_ADD = text("""
    insert into received_document (id, seq, received_at, channel, sha256, size, body, attempts, part_of, part)
    overriding system value
    values (:id, :seq, :received_at, :channel, :sha256, :size, :body, :attempts, :part_of, :part)
""")
_OPENED = (
    update(received_document)
    .where(received_document.c.id == bindparam("document_id"))
    .values(
        state=State.OPENED,
        finished_at=bindparam("at", type_=received_document.c.finished_at.type),
        report=bindparam("report", type_=received_document.c.report.type),
    )
)
