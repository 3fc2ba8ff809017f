"""One letter that is due, and what becomes of it: it leaves, is tried again, is given up, or died before it left.

The letter is held (`for update skip locked`) while it is handed over, so that two processes never send it both; its
Message-ID is its own for ever, so that a letter sent again after an accident is one letter for who receives it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from flask_mail import Message
from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from app.accounts.factors import one_time_code
from app.accounts.links.one_use import LIVES
from app.accounts.mail import retries
from app.accounts.mail.carriers import Carrier, Parcel
from app.config import current_settings
from app.tenants.bind import shared_session

AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
"""No absence message answers us (RFC 3834)."""


class Lane(StrEnum):
    """Codes have a lane of their own: no other letter, however slow its recipient, makes one wait (trap 7)."""

    CODES = "codes"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True)
class Sent:
    pass


@dataclass(frozen=True, slots=True)
class Kept:
    """To be tried again."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Given up, or what it held died before it left."""


@dataclass(frozen=True, slots=True)
class Composed:
    """`carry`: a mail server of its own, None for that of all letters."""

    parcel: Parcel
    carry: Carrier | None = None


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Who writes the letters of a purpose when they leave, because their words may be kept nowhere else."""

    compose: Callable[[RowMapping], Composed | None]
    note_sent: Callable[[RowMapping], None]


CORRESPONDENTS: dict[str, Correspondent] = {}
"""By purpose; told once, when the application is made."""


def deliver_next(carry: Carrier, lane: Lane) -> Sent | Kept | Dropped | None:
    """The lane's oldest letter that is due; None when nothing is."""
    with shared_session() as session:
        row = session.execute(_NEXT, {"codes": lane is Lane.CODES, "purpose": one_time_code.PURPOSE}).mappings().first()
        if row is None:
            return None
        if not _still_serves(session, row):
            return _give_up(session, row, "dead")
        composed = _composed(row)
        if composed is None:
            return _give_up(session, row, "dead")
        failure = composed if isinstance(composed, retries.Refused) else (composed.carry or carry)(composed.parcel)
        return _note_sent(session, row) if failure is None else _note_failure(session, row, failure)


def _still_serves(session: Session, row: RowMapping) -> bool:
    """A code replaced or used, a link past its life: the letter would only mislead."""
    if row["purpose"] == one_time_code.PURPOSE:
        return one_time_code.may_serve(session, row["purpose_id"])
    life = LIVES.get(row["purpose"])
    return life is None or row["age"] < life


def _composed(row: RowMapping) -> Composed | retries.Refused | None:
    if row["purpose"] in CORRESPONDENTS:
        return CORRESPONDENTS[row["purpose"]].compose(row)
    message = _message(row)
    if message.has_bad_headers():
        return retries.Refused("bad headers")
    return Composed(Parcel(str(message.sender), [str(one) for one in message.send_to], message.as_bytes()))


def _message(row: RowMapping) -> Message:
    host = urlsplit(current_settings().base_url).hostname
    message = Message(
        subject=row["subject"],
        recipients=[row["recipient"]],
        body=row["text_body"],
        html=row["html_body"],
        extra_headers=AUTOMATIC,
    )
    message.msgId = f"<{row['id']}@{host}>"
    return message


def _note_sent(session: Session, row: RowMapping) -> Sent:
    """The sixty seconds of a code begin here, on the database's clock (C1). What waited for the server leaves too."""
    session.execute(_SENT, {"id": row["id"]})
    if row["purpose"] in CORRESPONDENTS:
        CORRESPONDENTS[row["purpose"]].note_sent(row)
    if row["purpose"] == one_time_code.PURPOSE:
        one_time_code.note_sent(session, row["purpose_id"])
    session.execute(_SERVER_IS_BACK)
    return Sent()


def _note_failure(session: Session, row: RowMapping, failure: retries.Failure) -> Kept | Dropped:
    attempts, is_code = row["attempts"] + 1, row["purpose"] == one_time_code.PURPOSE
    match retries.after(failure, attempts=attempts, age=row["age"], is_code=is_code):
        case retries.GiveUp():
            return _give_up(session, row, _written(failure))
        case retries.TryAgain(seconds):
            session.execute(_LATER, {"id": row["id"], "error": _written(failure), "seconds": seconds})
            return Kept()


def _give_up(session: Session, row: RowMapping, error: str) -> Dropped:
    session.execute(_GIVE_UP, {"id": row["id"], "error": error})
    return Dropped()


def _written(failure: Any) -> str:
    return f"{type(failure).__name__.lower()}:{failure.error}"


_NEXT = text("""
    select id, recipient, subject, text_body, html_body, purpose, purpose_id, hospital_id, attempts,
        clock_timestamp() - created_at as age
    from control.outgoing_mail
    where sent_at is null and given_up_at is null and next_attempt_at <= now() and (purpose = :purpose) = :codes
    order by next_attempt_at, id limit 1 for update skip locked
""")
_SENT = text("""
    update control.outgoing_mail
    set sent_at = clock_timestamp(), attempts = attempts + 1, error = null, text_body = '', html_body = null
    where id = :id
""")
_LATER = text("""
    update control.outgoing_mail
    set attempts = attempts + 1, error = :error,
        next_attempt_at = clock_timestamp() + make_interval(secs => :seconds)
    where id = :id
""")
_GIVE_UP = text("""
    update control.outgoing_mail
    set given_up_at = clock_timestamp(), attempts = attempts + 1, error = :error, text_body = '', html_body = null
    where id = :id
""")
_SERVER_IS_BACK = text("""
    update control.outgoing_mail set next_attempt_at = now() where id in (
        select id from control.outgoing_mail
        where sent_at is null and given_up_at is null and error like 'unreachable:%' and next_attempt_at > now()
        for update skip locked)
""")
