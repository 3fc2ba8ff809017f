"""Open a mail or an archive: each document in it gets a row, which is then settled like any other.

A reception counts as one document until it is opened; then its documents count, and it does not: conservation (O3)
holds at every commit. The documents have its place in the order of reception (O1)."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text, update
from sqlalchemy.orm import Session

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


def open_envelope(batch: Batch, waiting: Waiting) -> None:
    """What is refused or archived as a whole is so under its own row."""
    assert waiting.envelope
    try:
        with cpu_limit(CPU_SECONDS):
            found = unwrap(Envelope(waiting.envelope), zlib.decompress(waiting.body))
    except NotForUs:
        _settle(batch, waiting, Verdict(ArchivedAsNotForUs()))
    except Rejection as rejection:
        _settle(batch, waiting, _refused(rejection))
    else:
        crash.step("envelope.unwrapped")
        _keep(batch, waiting, found)
        crash.step("envelope.written")


def _keep(batch: Batch, waiting: Waiting, found: Sequence[Enclosed]) -> None:
    documents = [_document(waiting, one.body) for one in found]
    _write(batch.session, waiting, documents, [len(one.body) for one in found])
    for document, one in zip(documents, found, strict=True):
        if one.refusal:
            _settle(batch, document, _refused(one.refusal))
        elif not one.for_us:
            _settle(batch, document, Verdict(ArchivedAsNotForUs()))


def _settle(batch: Batch, waiting: Waiting, verdict: Verdict) -> None:
    batch.take(waiting, verdict, {}, conclude(waiting, verdict))


def _refused(rejection: Rejection) -> Verdict:
    return Verdict(Rejected(rejection.code, rejection.detail, rejection.line))


def _document(waiting: Waiting, body: bytes) -> Waiting:
    return Waiting(
        id=new_id(),
        received_at=waiting.received_at,
        channel=waiting.channel,
        sha256=hashlib.sha256(body).digest(),
        body=zlib.compress(body, 1),
        attempts=0,
        seen_before=False,
        seq=waiting.seq,
        part_of=waiting.id,
    )


def _write(session: Session, waiting: Waiting, documents: Sequence[Waiting], sizes: Sequence[int]) -> None:
    numbered = enumerate(zip(documents, sizes, strict=True), 1)
    session.execute(_ADD, [_row(document, part, size) for part, (document, size) in numbered])
    opened = {"state": State.OPENED, "finished_at": now(), "report": {"documents": len(documents)}}
    session.execute(update(received_document).where(received_document.c.id == waiting.id).values(**opened))
    audit.record(
        session,
        actor=actor_of(waiting.channel),
        action="document:opened",
        document_id=waiting.id,
        detail={"documents": len(documents)},
    )


def _row(document: Waiting, part: int, size: int) -> dict[str, Any]:
    return {
        "id": document.id,
        "seq": document.seq,
        "received_at": document.received_at,
        "channel": document.channel,
        "sha256": document.sha256,
        "size": size,
        "body": document.body,
        "part_of": document.part_of,
        "part": part,
    }


_ADD = text("""
    insert into received_document (id, seq, received_at, channel, sha256, size, body, part_of, part)
    overriding system value
    values (:id, :seq, :received_at, :channel, :sha256, :size, :body, :part_of, :part)
""")
