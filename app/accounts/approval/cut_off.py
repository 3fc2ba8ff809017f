"""What dies at once with a suspension or a change of role: nothing that was opened before goes on afterwards (C6)."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.factors import known_browsers
from app.accounts.links import one_use


def cut_off(session: Session, account_id: str) -> None:
    """Sessions, known browsers, links of letters and codes on their way."""
    close_sessions(session, account_id)
    known_browsers.forget_all(session, account_id)
    one_use.end_links(session, account_id)
    session.execute(_END_CODES, {"account": account_id})


def close_sessions(session: Session, account_id: str) -> None:
    """The next request of each browser leads to the sign-in, and to a new session id."""
    session.execute(_CLOSE, {"account": account_id})


_CLOSE = text("update control.web_session set ended_at = now() where account_id = :account and ended_at is null")
_END_CODES = text("""
    update control.sign_in_code set used_at = clock_timestamp() where account_id = :account and used_at is null
""")
