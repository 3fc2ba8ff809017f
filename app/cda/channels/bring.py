"""What a mailbox or a folder brings, received in one transaction: committed, then it may be moved away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.cda import jobs
from app.cda.outcomes import Code
from app.cda.receive import Delivery, TransportConflict, receive, refuse_at_the_door
from app.cda.unwrap.envelope import largest
from app.tenants.bind import hospital_session
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital

TOGETHER = 20
"""Receptions of one transaction."""
OCTETS_TOGETHER = 25 * 1024 * 1024
"""Beyond, the next one waits for the next transaction; one that is larger comes alone."""
KEPT_OF_A_GIANT = 64 * 1024
"""Octets kept of what is over the limits: enough to know who sent it."""


@dataclass(frozen=True, slots=True)
class Brought:
    """`key` is how its channel finds it again: a UID, a file name. Not `whole`: `body` is only its beginning."""

    key: str
    transport_id: str
    body: bytes
    is_mail: bool
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Kept:
    """`refused` already at the door: too large, or a transport id used for something else. Its row says so."""

    key: str
    document_id: str
    refused: bool


def bring(hospital_code: str, channel: str, brought: Sequence[Brought]) -> list[Kept]:
    """Committed when it returns. Raises SQLAlchemyError: nothing is received, nothing may be moved."""
    hospital = find_hospital(hospital_code)
    with hospital_session(hospital.code) as session:
        kept = [_keep(session, hospital, channel, one) for one in brought]
    jobs.ring(hospital.code)
    return kept


def _keep(session: Session, hospital: Hospital, channel: str, one: Brought) -> Kept:
    delivery = Delivery(channel, one.body, one.transport_id, is_mail=one.is_mail)
    if not one.whole or len(one.body) > largest(is_mail=one.is_mail):
        head = replace(delivery, body=one.body[:KEPT_OF_A_GIANT])
        return Kept(one.key, refuse_at_the_door(session, head, Code.SIZE), refused=True)
    try:
        received = receive(session, hospital, delivery)
    except TransportConflict as conflict:
        return Kept(one.key, conflict.kept_as, refused=True)
    return Kept(one.key, received.document_id, refused=False)
