"""Upload: files dropped in the console by somebody of the hospital, received as any other (connected-mode 1 d).

The channel is the account; the transport id says which drop and which file of it, so that a form sent twice is received
once. A file's name is not kept: it is often a patient's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cda.models import received_document
from app.cda.outcomes import State
from app.cda.receive import Delivery, TooLarge, TransportConflict, deliver
from app.cda.receptions import endings
from app.tenants.hospital import Hospital

MOST_FILES = 50
DROP = "drop "
"""The transport id: then the drop, and three figures for the place of the file."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file, and whether it is a mail saved from a mail program (.eml)."""

    body: bytes
    is_mail: bool


def receive_files(hospital: Hospital, files: Sequence[Dropped], *, channel: str, drop_id: str) -> list[int]:
    """The places, from 1, of the files that were too large to be received; every other one is kept when it returns."""
    too_large = []
    for place, file in enumerate(files[:MOST_FILES], start=1):
        delivery = Delivery(channel, file.body, f"{DROP}{drop_id} {place:03}", is_mail=file.is_mail)
        try:
            deliver(hospital, delivery)
        except TooLarge:
            too_large.append(place)
        except TransportConflict:
            continue  # the same drop sent again with other files: the first one holds
    return too_large


def followed(session: Session, drop_id: str) -> list[tuple[str, Sequence[Mapping[str, Any]]]]:
    """(reception, its documents) in the order of the files."""
    row = received_document.c
    mine = select(row.id).where(row.transport_id.startswith(f"{DROP}{drop_id} ", autoescape=True))
    receptions = list(session.scalars(mine.order_by(row.transport_id)))
    found = endings(session, receptions)
    return [(reception, found[reception]) for reception in receptions]


def is_over(drop: Sequence[tuple[str, Sequence[Mapping[str, Any]]]]) -> bool:
    return all(one["state"] != State.PENDING for _, documents in drop for one in documents)
