"""The two steps of a sign-in as decisions: what a password opens, what a code opens."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text

from app.accounts import addresses
from app.accounts.factors import one_time_code
from app.accounts.sign_in import attempts, passwords, unlock
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


def check_password(secret: str, email: str, password: str) -> PasswordOutcome:
    """The same statements and the same hashing for a known and an unknown address (C4)."""
    email = addresses.as_kept(email)
    with shared_session() as session:
        attempt = attempts.count_attempt(session, secret, email)
        account = session.execute(_FIND, {"email": email}).one_or_none()
    right = passwords.is_right(password, account.password_hash if account else None)
    if attempt.just_locked and not right:
        unlock.send_letter(email)
    if not attempt.allowed or (attempt.locks and not right):
        return Locked()
    if account is None or not right:
        return Refused(attempt.one_left)
    with shared_session() as session:
        attempts.forget_attempts(session, secret, email)
    return Accepted(str(account.id)) if account.state == "active" else NotOpen(account.state)


def check_code(secret: str, session_hash: bytes, typed: str) -> bool:
    """Whether the typed code is the browser's live one; then it is spent. A wrong code says no more than a late one."""
    with shared_session() as session:
        live = one_time_code.take_try(session, session_hash)
    if live is None or not one_time_code.matches(secret, *live, typed):
        return False
    with shared_session() as session:
        return one_time_code.use(session, live[0])


def note_sign_in(account_id: str | None) -> None:
    with shared_session() as session:
        session.execute(text("update control.account set last_sign_in_at = now() where id = :id"), {"id": account_id})


_FIND = text("select id, password_hash, state from control.account where email = :email")
