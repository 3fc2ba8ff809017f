"""The second factor: eight digits by mail, single use, sixty seconds from the departure of the letter (C1, C2).

All times are the database's. A code is bound to the browser's session; five tries each; five unused codes a quarter of
an hour.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from enum import StrEnum

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.clock import new_id

SECONDS = 60
TRIES = 5
PUNCTUAL_SECONDS = 5
CODES_PER_QUARTER = 5
PURPOSE = "sign_in_code"


class Departure(StrEnum):
    """Where the letter of a code is. `LATE`: no mail server took it within five seconds."""

    LEAVING = "leaving"
    LATE = "late"
    LEFT = "left"


class TooManyCodes(Exception):
    """Five codes in fifteen minutes: the person waits."""


def make_code(session: Session, secret: str, account_id: str, session_hash: bytes) -> tuple[str, str]:
    """A new code for this browser, (id, digits): only its keyed hash is stored. Former codes of the browser die.
    Raises TooManyCodes. The account's row is held, so that parallel requests count each other."""
    session.execute(text("select 1 from control.account where id = :account for update"), {"account": account_id})
    if session.execute(_COUNT_RECENT, {"account": account_id}).scalar_one() >= CODES_PER_QUARTER:
        raise TooManyCodes
    code_id, digits = new_id(), f"{secrets.randbelow(10**8):08d}"
    session.execute(_FORGET_FORMER, {"session_hash": session_hash})
    session.execute(
        _KEEP,
        {
            "id": code_id,
            "account": account_id,
            "session_hash": session_hash,
            "code_hash": _keyed_hash(secret, code_id, digits),
        },
    )
    return code_id, digits


def departure(session: Session, session_hash: bytes) -> Departure | None:
    """Of the last code this browser asked for, living or not; None when it asked for none."""
    state = session.execute(_DEPARTURE, {"session_hash": session_hash}).scalar()
    return Departure(state) if state else None


def take_try(session: Session, session_hash: bytes) -> tuple[str, bytes] | None:
    """Count one try of the browser's live code, before it is read: (id, hash), or None when no code lives.
    Commit before comparing, so that a killed request has still cost its try."""
    row = session.execute(_TAKE_TRY, {"session_hash": session_hash}).one_or_none()
    return (str(row.id), row.code_hash) if row else None


def matches(secret: str, code_id: str, code_hash: bytes, typed: str) -> bool:
    return hmac.compare_digest(code_hash, _keyed_hash(secret, code_id, "".join(typed.split())))


def use(session: Session, code_id: str) -> bool:
    """Spend the code; False when another request spent it first."""
    return session.execute(_USE, {"id": code_id}).one_or_none() is not None


def may_serve(session: Session, code_id: str) -> bool:
    """Whether its letter is still worth sending: neither used, nor replaced, nor a quarter of an hour old."""
    return bool(session.execute(_MAY_SERVE, {"id": code_id}).scalar())


def note_sent(session: Session, code_id: str) -> None:
    """The mail server accepted the letter: the sixty seconds begin."""
    session.execute(_NOTE_SENT, {"id": code_id})


def _keyed_hash(secret: str, code_id: str, digits: str) -> bytes:
    return hmac.digest(secret.encode(), f"one-time code|{code_id}|{digits}".encode(), hashlib.sha256)


# A used code was right: it does not help who guesses, and a person may sign in as often as they need.
_COUNT_RECENT = text("""
    select count(*) from control.sign_in_code
    where account_id = :account and used_at is null and created_at > clock_timestamp() - interval '15 minutes'
""")
_FORGET_FORMER = text("""
    update control.sign_in_code set tries = greatest(tries, :tries)
    where session_hash = :session_hash and used_at is null
""").bindparams(tries=TRIES)
_KEEP = text("""
    insert into control.sign_in_code (id, account_id, session_hash, code_hash, created_at)
    values (:id, :account, :session_hash, :code_hash, clock_timestamp())
""")
# Not marked as sent yet: the letter may have left a moment ago, and the quarter of an hour bounds it.
_TAKE_TRY = text("""
    update control.sign_in_code set tries = tries + 1
    where session_hash = :session_hash and used_at is null and tries < :tries
        and created_at > clock_timestamp() - interval '15 minutes'
        and (sent_at is null or sent_at >= clock_timestamp() - make_interval(secs => :seconds))
    returning id, code_hash
""").bindparams(tries=TRIES, seconds=SECONDS)
_MAY_SERVE = text("""
    select 1 from control.sign_in_code
    where id = :id and used_at is null and tries < :tries and created_at > clock_timestamp() - interval '15 minutes'
""").bindparams(tries=TRIES)
_NOTE_SENT = text("update control.sign_in_code set sent_at = clock_timestamp() where id = :id and sent_at is null")
_DEPARTURE = text("""
    select case when sent_at is not null then 'left'
                when created_at > clock_timestamp() - make_interval(secs => :seconds) then 'leaving' else 'late' end
    from control.sign_in_code where session_hash = :session_hash order by created_at desc limit 1
""").bindparams(seconds=PUNCTUAL_SECONDS)
_USE = text("""
    update control.sign_in_code set used_at = clock_timestamp() where id = :id and used_at is null returning id
""")
