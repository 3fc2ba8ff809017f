"""Receive a document: its raw bytes are committed before anything is acknowledged (connected-mode 3).

The hospital comes from the channel, never from the document. A crash before the commit means that the sender,
who got no answer, sends again: the same transport id then finds the same row.
"""

from __future__ import annotations

import hashlib
import logging
import zlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app import audit
from app.cda import crash, jobs
from app.cda.acknowledge import actor_of
from app.cda.answers.owed import owe_answers
from app.cda.models import received_document
from app.cda.outcomes import Code, State
from app.cda.unwrap.envelope import envelope_of, largest
from app.cda.unwrap.headers import content_of
from app.cda.unwrap.limits import Limits
from app.clock import new_id, now
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital

LARGEST_BODY = Limits().archive
"""Octets, of a CDA document as of an archive, unless a setting says otherwise (connected-mode 6)."""
LONGEST_TRANSPORT_ID = 200

ADD = (
    insert(received_document)
    .on_conflict_do_nothing(index_elements=["channel", "transport_id"])
    .returning(received_document.c.id)
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Received:
    """`already` says that this very delivery had been received: nothing was added."""

    document_id: str
    state: State
    already: bool


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a channel brings. `transport_id` is the sender's own name for it: what comes twice under it is one."""

    channel: str
    body: bytes
    transport_id: str | None = None
    replay_of: str | None = None
    is_mail: bool = False


class TransportConflict(Exception):
    """The same transport id came with another body: `document_id` is the first reception, `kept_as` the refused one."""

    def __init__(self, document_id: str, kept_as: str) -> None:
        super().__init__(document_id)
        self.document_id, self.kept_as = document_id, kept_as


class TooLarge(Exception):
    """Over the limits: not received, nothing kept."""


def deliver(hospital: Hospital, delivery: Delivery) -> Received:
    """Receive in a transaction of its own, then ring the worker. Raises TooLarge, and TransportConflict once
    the refused body is committed."""
    with hospital_session(hospital.code) as session:
        result = _keep(session, hospital, delivery)
        crash.step("receive.stored")
    crash.step("receive.committed")
    if isinstance(result, TransportConflict):
        raise result
    jobs.ring(hospital.code)
    crash.step("receive.rung")
    return result


def receive(session: Session, hospital: Hospital, delivery: Delivery) -> Received:
    """The same in the caller's transaction: commit, then acknowledge. On TransportConflict commit all the same,
    so that the refused body is kept."""
    result = _keep(session, hospital, delivery)
    if isinstance(result, TransportConflict):
        raise result
    return result


def refuse_at_the_door(session: Session, delivery: Delivery, code: Code) -> str:
    """What is not taken in, with its reason, so that it is counted and answered; once per transport id."""
    row = {**_row(delivery), "state": State.REJECTED, "code": code}
    finished = {"report": {"findings": []}, "finished_at": now()}
    document_id = session.execute(ADD, {"id": new_id(), **row, **finished}).scalar()
    if document_id is None:
        columns = received_document.c
        first = (columns.channel == delivery.channel) & (columns.transport_id == delivery.transport_id)
        return str(session.execute(select(columns.id).where(first)).scalar_one())
    _record_refusal(session, delivery.channel, document_id, {"code": code})
    return str(document_id)


def _keep(session: Session, hospital: Hospital, delivery: Delivery) -> Received | TransportConflict:
    if len(delivery.body) > largest(is_mail=delivery.is_mail):
        raise TooLarge
    row = _row(delivery)
    document_id = _insert(session, row)
    if document_id:
        return Received(document_id, State.PENDING, already=False)
    return _again(session, hospital, row, delivery)


def _row(delivery: Delivery) -> dict[str, Any]:
    return {
        "channel": delivery.channel,
        "transport_id": delivery.transport_id,
        "sha256": hashlib.sha256(delivery.body).digest(),
        "size": len(delivery.body),
        "body": zlib.compress(delivery.body, 1),
        "replay_of": delivery.replay_of,
        "envelope": envelope_of(delivery.body, is_mail=delivery.is_mail),
    }


def _insert(session: Session, row: dict) -> str | None:
    """The new row's id, or None when this transport id is already there (a concurrent twin is waited for)."""
    return session.execute(ADD, {"id": new_id(), **row}).scalar()


def _again(session: Session, hospital: Hospital, row: dict, delivery: Delivery) -> Received | TransportConflict:
    columns = received_document.c
    first = session.execute(
        select(columns.id, columns.state, columns.sha256, columns.body).where(
            columns.channel == row["channel"], columns.transport_id == row["transport_id"]
        )
    ).one()
    if first.sha256 == row["sha256"] or _is_the_same_mail(first.body, delivery):
        return Received(first.id, State(first.state), already=True)
    kept_as = _keep_refused(session, row, first.id)
    log.warning("transport id used again for another body: %s, first %s, refused %s", hospital.code, first.id, kept_as)
    return TransportConflict(first.id, kept_as)


def _is_the_same_mail(first: bytes, delivery: Delivery) -> bool:
    """Relays write headers above a mail on its way: a mail delivered twice differs there, and nowhere else."""
    return delivery.is_mail and content_of(zlib.decompress(first)) == content_of(delivery.body)


def _keep_refused(session: Session, row: dict, first_id: str) -> str:
    """The other body is kept as a rejected document without transport id: nothing received is lost (O3)."""
    document_id = new_id()
    refused = {**row, "id": document_id, "transport_id": None, "state": State.REJECTED, "code": Code.TRANSPORT}
    report = {"findings": [], "first_document_id": first_id}
    session.execute(insert(received_document).values(**refused, report=report, finished_at=now()))
    _record_refusal(session, row["channel"], document_id, {"code": Code.TRANSPORT, "first_document_id": first_id})
    return document_id


def _record_refusal(session: Session, channel: str, document_id: str, detail: dict[str, Any]) -> None:
    audit.record(session, actor=actor_of(channel), action="document:rejected", document_id=document_id, detail=detail)
    owe_answers(session, [document_id])
