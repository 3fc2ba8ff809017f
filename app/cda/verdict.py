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
    Outcome,
    Rejected,
    State,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A received document to settle. `body` is compressed; `attempts` counts this one."""

    id: str
    received_at: datetime
    channel: str
    sha256: bytes
    body: bytes
    attempts: int


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Three crashes: the document is set aside, and the hospital goes on (B10)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`document` and `findings` are what was read on the way, when it was read."""

    outcome: Outcome | Quarantined
    document: Document | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def ending(self) -> tuple[State, Code | None, str | None]:
        """The final state, the code of a refusal, the fiche (O3)."""
        match self.outcome:
            case Integrated(fiche_id=fiche_id):
                return State.INTEGRATED, None, fiche_id
            case ArchivedAsResend(fiche_id=fiche_id):
                return State.ARCHIVED_AS_RESEND, None, fiche_id
            case ArchivedAsSuperseded(fiche_id=fiche_id):
                return State.ARCHIVED_AS_SUPERSEDED, None, fiche_id
            case ArchivedAsNotForUs():
                return State.ARCHIVED_AS_NOT_FOR_US, None, None
            case Rejected(code=code):
                return State.REJECTED, code, None
            case Quarantined():
                return State.QUARANTINED, Code.CRASH, None

    @property
    def line(self) -> int | None:
        """The line of the XML that a rejection points at."""
        return self.outcome.line if isinstance(self.outcome, Rejected) else None

    @property
    def report(self) -> dict[str, Any]:
        """What is kept to be shown: findings and lines, never a patient's value (D3)."""
        findings = [finding_json(finding) for finding in self.findings]
        match self.outcome:
            case Integrated(created=created):
                return {"created": created, "findings": findings}
            case Rejected(detail=detail, line=line):
                return {"detail": detail, "line": line, "findings": findings}
            case _:
                return {"findings": findings}
