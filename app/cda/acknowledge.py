"""Acknowledge: the words for each final state, the row that the mail worker sends, the status a sender reads. Pure.

Never nominative: a state, a code, sentences, line numbers (connected-mode 8, promise D3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.cda.outcomes import SENTENCES, Code, Finding, State

MESSAGES: dict[State, str] = {
    State.PENDING: "Le document est bien reçu. Son intégration est en attente.",
    State.INTEGRATED: "Le document est intégré.",
    State.ARCHIVED_AS_RESEND: "Le document répète le dernier intégré pour ce patient : il est archivé.",
    State.ARCHIVED_AS_SUPERSEDED: "Une version plus récente de ce document est déjà intégrée : celle-ci est archivée.",
    State.ARCHIVED_AS_NOT_FOR_US: "Le document n’est pas un document SDM-MR : il est archivé sans être intégré.",
}


def message(state: State, code: Code | None, line: int | None = None) -> str:
    """What the sender reads. A rejection says why and what to do, with the line of the XML when it is known."""
    if code is None:
        return MESSAGES[state]
    where = f" (ligne {line})" if line else ""
    return SENTENCES[code].sender + where


WORST_FIRST = (
    State.PENDING,
    State.QUARANTINED,
    State.REJECTED,
    State.INTEGRATED,
    State.ARCHIVED_AS_RESEND,
    State.ARCHIVED_AS_SUPERSEDED,
    State.ARCHIVED_AS_NOT_FOR_US,
)
"""Of several documents received together, the first of these states is said to be that of their reception."""


def worst(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The row that speaks for all."""
    return min(rows, key=lambda row: WORST_FIRST.index(State(row["state"])))


def status(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The status of a reception, from the columns id, state, code, report and part_of of its documents' rows. Those of
    a mail or of an archive are told one by one as well."""
    whole = _status_of_one(worst(rows))
    if rows[0]["part_of"] is None:
        return whole
    return {**whole, "documents": [{"document_id": row["id"], **_status_of_one(row)} for row in rows]}


def _status_of_one(row: Mapping[str, Any]) -> dict[str, Any]:
    state, report = State(row["state"]), row["report"] or {}
    code = Code(row["code"]) if row["code"] else None
    return {
        "state": state.value,
        "code": code and code.value,
        "message": message(state, code, report.get("line")),
        "warnings": report.get("findings", []),
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    return {"code": finding.code, "message": finding.message, "line": finding.line}


def actor_of(channel: str) -> str:
    """Who the audit names: the channel or the account that brought the document, the system for a command."""
    return channel if channel.startswith(("channel:", "account:")) else "system"
