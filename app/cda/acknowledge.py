"""Acknowledge: the words for each final state, the row that the mail worker sends, the status a sender reads. Pure.

Never nominative: a state, a code, sentences, line numbers (connected-mode 8, promise D3).
"""

from __future__ import annotations

from collections.abc import Mapping
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


def status(row: Mapping[str, Any]) -> dict[str, Any]:
    """The status of a received document, from its columns state, code and report."""
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
