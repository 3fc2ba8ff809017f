"""One's open sessions: which browser, since when, used last when; each can be closed, from any of them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from app.accounts.sessions.rows import IDLE_MINUTES, LONGEST_HOURS


def list_open(session: Session, account_id: str, here: bytes) -> Sequence[RowMapping]:
    """public_id, browser, factor, created_at, seen_at, is_here; this browser's first, then the last used."""
    return session.execute(_LIST, {"account": account_id, "here": here}).mappings().all()


def close(session: Session, account_id: str, public_id: UUID) -> bool:
    """False when it is not one of theirs, or closed already."""
    return session.execute(_CLOSE, {"account": account_id, "public_id": public_id}).one_or_none() is not None


def close_all(session: Session, account_id: str, *, but: bytes = b"") -> int:
    """How many were closed."""
    return len(session.execute(_CLOSE_ALL, {"account": account_id, "but": but}).all())


_LIST = text("""
    select public_id, browser, factor, created_at, seen_at, id_hash = :here as is_here
    from control.web_session
    where account_id = :account and stage = 'signed_in' and ended_at is null
        and seen_at > now() - make_interval(mins => :idle) and created_at > now() - make_interval(hours => :longest)
    order by is_here desc, seen_at desc
""").bindparams(idle=IDLE_MINUTES, longest=LONGEST_HOURS)
_CLOSE = text("""
    update control.web_session set ended_at = now()
    where account_id = :account and public_id = :public_id and ended_at is null returning 1
""")
_CLOSE_ALL = text("""
    update control.web_session set ended_at = now()
    where account_id = :account and ended_at is null and id_hash <> :but returning 1
""")
