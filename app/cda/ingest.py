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
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital

COMMAND_CHANNEL = "command"
WAIT_SECONDS = 300
POLL_SECONDS = 0.05


class StillPending(Exception):
    """WAIT_SECONDS are over: another worker has the hospital, and does not come to these documents."""


def settle_all(hospital: Hospital, document_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Document id → its final state. Works here when the hospital is free, else waits for the worker that has it.
    Raises StillPending."""
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        inbox.drain(hospital.code)
        endings = _endings(hospital, document_ids)
        if all(ending["state"] != State.PENDING for ending in endings.values()):
            return endings
        time.sleep(POLL_SECONDS)
    raise StillPending


def refused_before_reception(code: Code) -> dict[str, Any]:
    """A file over the limits is not received: its line says so all the same."""
    finding = finding_json(Finding(code, message(State.REJECTED, code)))
    return {"document_id": None, "state": State.REJECTED, "code": code, "fiche_id": None, "warnings": [finding]}


def count(hospital: Hospital) -> dict[str, int]:
    """Every state, and `received`, their sum: nothing is lost on the way (B7)."""
    by_state = select(received_document.c.state, func.count().label("number")).group_by(received_document.c.state)
    with hospital_session(hospital.code) as session:
        counted = {one.state: one.number for one in session.execute(by_state)}
    return {"received": sum(counted.values()), **{state.value: counted.get(state, 0) for state in State}}


def body_of(hospital: Hospital, document_id: str) -> bytes | None:
    """The compressed bytes of a reception, None when the hospital has no such document."""
    wanted = select(received_document.c.body).where(received_document.c.id == document_id)
    with hospital_session(hospital.code) as session:
        return session.execute(wanted).scalar()


def _endings(hospital: Hospital, document_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    row = received_document.c
    wanted = select(row.id, row.state, row.code, row.fiche_id, row.report).where(
        received_document.c.id.in_(document_ids)
    )
    with hospital_session(hospital.code) as session:
        return {row.id: _ending(row) for row in session.execute(wanted)}


def _ending(row: Any) -> dict[str, Any]:
    return {
        "document_id": row.id,
        "state": row.state,
        "code": row.code,
        "fiche_id": row.fiche_id,
        "warnings": row.report.get("findings", []),
    }
