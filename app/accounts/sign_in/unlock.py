"""A locked address: one letter at the very try that locks it, whose link lifts the lock (C3, guide § 3.5)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text

from app.accounts.factors import known_browsers
from app.accounts.links.one_use import UNLOCK, Dead, Live, use
from app.accounts.links.send import Addressee, send_link
from app.accounts.mail import account_letters
from app.accounts.sign_in import attempts
from app.audit import record_shared
from app.tenants.bind import shared_session


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The next password is read again."""


def send_letter(email: str) -> None:
    """To the account that was just locked; for an address without account the same work goes nowhere (C4)."""
    with shared_session() as session:
        found = session.execute(_FIND, {"email": email}).one_or_none()
        addressee = Addressee(str(found.id), found.language) if found else None
        known_browsers.forget_all(session, str(found.id) if found else None)
        send_link(session, UNLOCK, addressee, email, account_letters.unlock_letter)


def unlock(secret: str, token: str) -> Unlocked | Dead:
    with shared_session() as session:
        outcome = use(session, UNLOCK, token)
        if not isinstance(outcome, Live):
            return outcome
        email = session.execute(_ADDRESS, {"id": outcome.account_id}).scalar_one()
        attempts.forget_attempts(session, secret, email)
        record_shared(session, actor=f"account:{outcome.account_id}", action="account:unlock", detail={"by": "letter"})
    return Unlocked()


_FIND = text("select id, language from control.account where email = :email and state = 'active'")
_ADDRESS = text("select email from control.account where id = :id")
