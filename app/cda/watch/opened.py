"""One document as the journal shows it: its report, the lines it points at, what it changed, what was answered."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.cda.outcomes import SENTENCES, Code, Rejection
from app.cda.watch.changes import ChangeLine, lines_of
from app.cda.watch.excerpts import Excerpt, excerpts
from app.cda.watch.masks import masked
from app.cda.xml_encoding import as_utf8


@dataclass(frozen=True, slots=True)
class Opened:
    """`findings` are those of the report: code, message, line. `answers`: what was told to the sender, and when.
    `replays` are the ids of the documents that received these bytes again; `parts` the documents of a mail or of an
    archive."""

    row: Mapping[str, Any]
    why: str
    findings: Sequence[Mapping[str, Any]]
    excerpts: Sequence[Excerpt]
    changes: Sequence[ChangeLine]
    answers: Sequence[Mapping[str, Any]]
    replays: Sequence[str]
    parts: Sequence[Mapping[str, Any]]
    revealed: bool

    @property
    def dead(self) -> bool:
        return self.row["state"] in ("rejected", "quarantined")


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes as they were received."""

    document_id: str
    received_at: datetime
    fiche_id: str | None
    body: bytes


def open_document(session: Session, document_id: str, *, revealed: bool = False) -> Opened | None:
    """None for what this hospital has not received. Revealed: the caller writes the trace (D2)."""
    row = session.execute(_ROW, {"id": document_id}).mappings().one_or_none()
    if row is None:
        return None
    report = row["report"]
    asked = {"id": document_id}
    journal = [line for one in session.scalars(_JOURNAL, asked) for line in one]
    return Opened(
        row=dict(row),
        why=reason(row["code"]),
        findings=findings_of(report),
        excerpts=excerpts_of(zlib.decompress(row["body"]), report, revealed=revealed),
        changes=lines_of(journal, revealed=revealed),
        answers=[dict(one) for one in session.execute(_ANSWERS, asked).mappings()],
        replays=list(session.scalars(_REPLAYS, asked)),
        parts=[dict(one) for one in session.execute(_PARTS, asked).mappings()],
        revealed=revealed,
    )


def original_of(session: Session, document_id: str) -> Original | None:
    row = session.execute(_ORIGINAL, {"id": document_id}).one_or_none()
    return Original(row.id, row.received_at, row.fiche_id, zlib.decompress(row.body)) if row else None


def reason(code: str | None) -> str:
    """What the hospital's people read of a rejection: why, and what to do."""
    return SENTENCES[Code(code)].hospital if code else ""


def findings_of(report: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What stopped the document first, then the warnings."""
    stopped = {"code": "", "message": report.get("detail") or "", "line": report.get("line")}
    stops = [stopped] if stopped["message"] or stopped["line"] else []
    return [*stops, *report.get("findings", [])]


def excerpts_of(body: bytes, report: Mapping[str, Any], *, revealed: bool) -> list[Excerpt]:
    """The lines that the report points at; an archive and a mail have none."""
    pointed = {finding["line"] for finding in findings_of(report) if finding["line"]}
    if not pointed or b"<" not in body[:8].replace(b"\0", b""):
        return []
    written = _text(body)
    return excerpts(written if revealed else masked(written), pointed)


def _text(body: bytes) -> str:
    """As the parser read it; a body that no encoding explains is shown as well as can be."""
    try:
        return as_utf8(body).decode()
    except (Rejection, UnicodeDecodeError):
        return body.decode(errors="replace")


_ROW = text("""
    select id, seq, received_at, finished_at, channel, transport_id, size, body, state, code, report, attempts,
        fiche_id, set_id, own_id, version_number, effective_at, replay_of, part_of, envelope
    from received_document where id = :id
""")
_JOURNAL = text("select lines from journal_line where document_id = :id order by id")
_ANSWERS = text("select state, code, message, created_at, sent_at from outgoing_answer where document_id = :id")
_REPLAYS = text("select id from received_document where replay_of = :id order by seq")
_PARTS = text("select id, state, code from received_document where part_of = :id order by part")
_ORIGINAL = text("select id, received_at, fiche_id, body from received_document where id = :id")
