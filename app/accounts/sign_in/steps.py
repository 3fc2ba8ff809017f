"""What a password opens, as a decision. The second step stands in `second_step`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app import audit
from app.accounts import addresses
from app.accounts.sign_in import attempts, passwords, unlock
from app.accounts.sign_in.lockout import Attempt
from app.tenants.bind import shared_session


@dataclass(frozen=True, slots=True)
class Accepted:
    account_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """`one_try_left`: the next wrong password locks."""

    one_try_left: bool = False


@dataclass(frozen=True, slots=True)
class Locked:
    """The same answer whatever the password, so that a lock cannot be used to guess on."""


@dataclass(frozen=True, slots=True)
class NotOpen:
    """The password is right, the account may not come in: "registered", "confirmed", "refused", "suspended"."""

    state: str


PasswordOutcome = Accepted | Refused | Locked | NotOpen


ACTIONS: Mapping[type, str] = {
    Accepted: "sign_in:password_accepted",
    Refused: "sign_in:password_refused",
    Locked: "sign_in:locked",
    NotOpen: "sign_in:not_open",
}


def check_password(secret: str, email: str, password: str) -> PasswordOutcome:
    """The same statements and the same hashing for a known and an unknown address (C4)."""
    email = addresses.as_kept(email)
    with shared_session() as session:
        attempt = attempts.count_attempt(session, secret, email)
        account = session.execute(_FIND, {"email": email}).one_or_none()
    right = passwords.is_right(password, account.password_hash if account else None)
    if attempt.just_locked and not right:
        unlock.send_letter(email)
    outcome = _decide(attempt, account, right)
    if attempt.allowed:  # past the lock, who insists leaves no trace more
        with shared_session() as session:
            _note(session, str(account.id) if account else None, outcome)
            if right:
                attempts.forget_attempts(session, secret, email)
    return outcome


def _decide(attempt: Attempt, account: Any, right: bool) -> PasswordOutcome:
    if not attempt.allowed or (attempt.locks and not right):
        return Locked()
    if account is None or not right:
        return Refused(attempt.one_left)
    return Accepted(str(account.id)) if account.state == "active" else NotOpen(account.state)


def _note(session: Session, account_id: str | None, outcome: PasswordOutcome) -> None:
    """One trace, known address or not: whose account it was, never what was typed."""
    actor = f"account:{account_id}" if account_id else "system"
    audit.record_shared(session, actor=actor, action=ACTIONS[type(outcome)])


_FIND = text("select id, password_hash, state from control.account where email = :email")
