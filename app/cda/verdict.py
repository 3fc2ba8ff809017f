"""A document in the inbox, and what became of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.cda.acknowledge import finding_json
from app.cda.document import Document
from app.cda.outcomes import (
    ArchivedAsNotForUs,
    ArchivedAsResend,
    ArchivedAsSuperseded,
    Code,
    Finding,
    Integrated,
    Named,
    Outcome,
    Rejected,
    State,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A received document to settle. `body` is compressed, `size` before that; `attempts` counts this one, 0 for one
    found in what is being opened; `seen_before` says that another reception has the same bytes; `envelope`, that it is
    a mail or an archive to open; `part_of`, which one it came in."""

    id: str
    received_at: datetime
    channel: str
    sha256: bytes
    body: bytes
    attempts: int
    size: int
    seq: int = 0
    envelope: str | None = None
    part_of: str | None = None
    seen_before: bool = False


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Three crashes: the document is set aside, and the hospital goes on (B10)."""


UNNAMED = Named()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`document` and `findings` are what was read on the way, when it was read; `refused_as`, what a document that
    could not be read whole is called."""

    outcome: Outcome | Quarantined
    document: Document | None = None
    findings: tuple[Finding, ...] = ()
    refused_as: Named = UNNAMED

    @property
    def named(self) -> Named:
        read = self.document
        return Named(read.document_id or None, read.set_id) if read else self.refused_as

    @property
    def state(self) -> State:
        return STATES[type(self.outcome)]

    @property
    def code(self) -> Code | None:
        """The code of a refusal."""
        match self.outcome:
            case Rejected(code=code):
                return code
            case Quarantined():
                return Code.CRASH
        return None

    @property
    def fiche_id(self) -> str | None:
        return getattr(self.outcome, "fiche_id", None)

    @property
    def line(self) -> int | None:
        """The line of the XML that a rejection points at."""
        return self.outcome.line if isinstance(self.outcome, Rejected) else None

    @property
    def detail(self) -> str:
        """What a rejection adds to its sentence."""
        return self.outcome.detail if isinstance(self.outcome, Rejected) else ""

    @property
    def report(self) -> dict[str, Any]:
        """What is kept to be shown: findings and lines, never a patient's value (D3)."""
        findings = [finding_json(finding) for finding in self.findings]
        match self.outcome:
            case Integrated(created=created):
                return {"created": created, "findings": findings}
            case Rejected(detail=detail, line=line):
                return {"detail": detail, "line": line, "findings": findings}
        return {"findings": findings}


STATES: dict[type, State] = {
    Integrated: State.INTEGRATED,
    ArchivedAsResend: State.ARCHIVED_AS_RESEND,
    ArchivedAsSuperseded: State.ARCHIVED_AS_SUPERSEDED,
    ArchivedAsNotForUs: State.ARCHIVED_AS_NOT_FOR_US,
    Rejected: State.REJECTED,
    Quarantined: State.QUARANTINED,
}
"""The final states (O3)."""
