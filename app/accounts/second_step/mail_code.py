"""A code of a letter, as a decision."""

from __future__ import annotations

from app.accounts.factors import one_time_code
from app.tenants.bind import shared_session


def check_code(secret: str, session_hash: bytes, typed: str) -> bool:
    """Whether the typed code is the browser's live one; then it is spent. A wrong code says no more than a late one."""
    with shared_session() as session:
        live = one_time_code.take_try(session, session_hash)
    if live is None or not one_time_code.matches(secret, *live, typed):
        return False
    with shared_session() as session:
        return one_time_code.use(session, live[0])


def departure(session_hash: bytes) -> one_time_code.Departure | None:
    """Where the letter of this browser's last code is; None when it asked for none."""
    with shared_session() as session:
        return one_time_code.departure(session, session_hash)
