"""A link of a letter, good once: the letter holds its token, the row a hash; looking at it never spends it (trap 9).

All times are the database's. A newer link of the same purpose ends the former ones."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.clock import new_id

CONFIRM_ADDRESS = "confirm_address"
RESET_PASSWORD = "reset_password"  # noqa: S105 - the name of a purpose
UNLOCK = "unlock"

LIVES: Mapping[str, timedelta] = {
    CONFIRM_ADDRESS: timedelta(days=7),
    RESET_PASSWORD: timedelta(hours=6),  # the guide, § 3.3 (C5)
    UNLOCK: timedelta(hours=24),
}
LINKS_PER_HOUR = 5
"""Per account and purpose: nobody's mailbox can be flooded from our pages."""
REMEMBERED_DAYS = 30
"""A dead link says for so long why it is dead."""


class TooManyLinks(Exception):
    """Five letters of this purpose left in the hour: this one does not."""


@dataclass(frozen=True, slots=True)
class Live:
    account_id: str


@dataclass(frozen=True, slots=True)
class Spent:
    """It did its work once."""


@dataclass(frozen=True, slots=True)
class TooLate:
    """It lived too long, or a newer letter replaced it."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Forged, cut by a mail reader, or forgotten since."""


Dead = Spent | TooLate | Unknown
Outcome = Live | Dead


def make_link(session: Session, purpose: str, account_id: str | None) -> str:
    """The token to put in the letter. Raises TooManyLinks. The account's row is held, so that parallel requests count
    each other. Without account, the same statements and a token that opens nothing (C4)."""
    session.execute(_HOLD, {"account": account_id})
    if session.execute(_COUNT_RECENT, {"account": account_id, "purpose": purpose}).scalar_one() >= LINKS_PER_HOUR:
        raise TooManyLinks
    session.execute(_END, {"account": account_id, "purpose": purpose})
    token = secrets.token_urlsafe(32)
    kept = {"id": new_id(), "purpose": purpose, "account": account_id, "hash": _hash(token), "life": LIVES[purpose]}
    session.execute(_KEEP, kept)
    return token


def look(session: Session, purpose: str, token: str) -> Outcome:
    """What the link would do now. Nothing is spent: mail scanners open links too."""
    row = session.execute(_LOOK, {"hash": _hash(token), "purpose": purpose}).one_or_none()
    if row is None:
        return Unknown()
    if row.used_at:
        return Spent()
    return TooLate() if row.late else Live(str(row.account_id))


def use(session: Session, purpose: str, token: str) -> Outcome:
    """Spend the link, in the transaction of what it opens. Of parallel requests, one alone gets Live."""
    row = session.execute(_USE, {"hash": _hash(token), "purpose": purpose}).one_or_none()
    return Live(str(row.account_id)) if row else look(session, purpose, token)


def end_links(session: Session, account_id: str) -> None:
    """Every link of the account dies, whatever its purpose."""
    session.execute(_END, {"account": account_id, "purpose": None})


def forget_old_links(session: Session) -> None:
    session.execute(_FORGET)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


_HOLD = text("select 1 from control.account where id = cast(:account as uuid) for update")
_COUNT_RECENT = text("""
    select count(*) from control.one_use_link
    where account_id = cast(:account as uuid) and purpose = :purpose
        and created_at > clock_timestamp() - interval '1 hour'
""")
_END = text("""
    update control.one_use_link set expires_at = clock_timestamp()
    where account_id = cast(:account as uuid) and purpose = coalesce(cast(:purpose as text), purpose)
        and used_at is null and expires_at > clock_timestamp()
""")
_KEEP = text("""
    insert into control.one_use_link (id, purpose, account_id, token_hash, expires_at)
    select :id, :purpose, id, :hash, clock_timestamp() + cast(:life as interval)
    from control.account where id = cast(:account as uuid)
""")
_LOOK = text("""
    select account_id, used_at, expires_at <= clock_timestamp() as late
    from control.one_use_link where token_hash = :hash and purpose = :purpose
""")
_USE = text("""
    update control.one_use_link set used_at = clock_timestamp()
    where token_hash = :hash and purpose = :purpose and used_at is null and expires_at > clock_timestamp()
    returning account_id
""")
_FORGET = text("""
    delete from control.one_use_link where expires_at < now() - make_interval(days => :days)
""").bindparams(days=REMEMBERED_DAYS)
