"""The guesses of an account at codes that live long, counted before the code is read: five, then half an hour.

Nobody reaches them without the password: a stranger cannot close somebody's way in."""

from __future__ import annotations

from app.accounts.sign_in import attempts
from app.config import current_settings
from app.tenants.bind import shared_session


def take_try(account_id: str) -> bool:
    """Whether one more guess may be read. A guess that was killed on its way has cost its try."""
    with shared_session() as session:
        return attempts.count_attempt(session, current_settings().secret_key, _subject(account_id)).allowed


def forget_tries(account_id: str) -> None:
    with shared_session() as session:
        attempts.forget_attempts(session, current_settings().secret_key, _subject(account_id))


def _subject(account_id: str) -> str:
    """No address is without an @: the two counters never meet."""
    return f"second step {account_id}"
