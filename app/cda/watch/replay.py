"""Replay: the bytes of a document received again, through the same way in as any other (O5: the same code).

Each replay has a transport id made of what asked for it, so that a button pressed twice, or a long work that starts
again where it was killed, is one reception."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.cda.models import received_document
from app.cda.receive import Delivery, Received, deliver
from app.cda.unwrap.envelope import Envelope
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital


class NoSuchDocument(LookupError):
    """The hospital has received no such document."""


def replay(hospital: Hospital, document_id: str, *, channel: str, asked_as: str | None = None) -> Received:
    """`channel` is who asks, « account:<uuid> » or « command »; `asked_as` tells one request from another: the same
    one is never received twice. Raises NoSuchDocument."""
    kept = _kept(hospital, document_id)
    if kept is None:
        raise NoSuchDocument(document_id)
    body, known_as = zlib.decompress(kept.body), f"replay {asked_as} {document_id}" if asked_as else None
    is_mail = kept.envelope == Envelope.MAIL
    return deliver(hospital, Delivery(channel, body, known_as, replay_of=document_id, is_mail=is_mail))


def replay_some(hospital: Hospital, document_ids: Sequence[str], *, channel: str, asked_as: str) -> int:
    """In order of reception (O1); how many were received again."""
    for document_id in document_ids:
        replay(hospital, document_id, channel=channel, asked_as=asked_as)
    return len(document_ids)


def _kept(hospital: Hospital, document_id: str) -> Any:
    wanted = select(received_document.c.body, received_document.c.envelope)
    with hospital_session(hospital.code) as session:
        return session.execute(wanted.where(received_document.c.id == document_id)).one_or_none()
