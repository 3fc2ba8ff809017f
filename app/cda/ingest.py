"""Ingest from the command line: receive, then see to it that each document has its final state."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from app.cda import inbox
from app.cda.acknowledge import finding_json, message
from app.cda.models import received_document
from app.cda.outcomes import Code, Finding, State
from app.cda.receptions import endings
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital

COMMAND_CHANNEL = "command"
WAIT_SECONDS = 300
POLL_SECONDS = 0.05


class StillPending(Exception):
    """WAIT_SECONDS are over: another worker has the hospital, and does not come to these documents."""


def settle_all(hospital: Hospital, document_ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Reception → the final state of each of its documents. Works here when the hospital is free, else waits for the
    worker that has it. Raises StillPending."""
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        inbox.drain(hospital.code)
        found = _endings(hospital, document_ids)
        if all(ending["state"] != State.PENDING for endings in found.values() for ending in endings):
            return found
        time.sleep(POLL_SECONDS)
    raise StillPending


def refused_before_reception(code: Code) -> dict[str, Any]:
    """A file over the limits is not received: its line says so all the same."""
    finding = finding_json(Finding(code, message(State.REJECTED, code)))
    return {"document_id": None, "state": State.REJECTED, "code": code, "fiche_id": None, "warnings": [finding]}


def count(hospital: Hospital) -> dict[str, int]:
    """Every state, and `received`, their sum: nothing is lost on the way (B7). A mail or an archive counts as one
    document until it is opened, then for those that it holds."""
    by_state = select(received_document.c.state, func.count().label("number")).group_by(received_document.c.state)
    with hospital_session(hospital.code) as session:
        counted = {one.state: one.number for one in session.execute(by_state)}
    states = {state.value: counted.get(state, 0) for state in State if state is not State.OPENED}
    return {"received": sum(states.values()), **states}


def _endings(hospital: Hospital, document_ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    with hospital_session(hospital.code) as session:
        found = endings(session, document_ids)
    return {reception: [_ending(row) for row in rows] for reception, rows in found.items()}


def _ending(row: Any) -> dict[str, Any]:
    return {
        "document_id": row["id"],
        "state": row["state"],
        "code": row["code"],
        "fiche_id": row["fiche_id"],
        "warnings": row["report"].get("findings", []),
    }
