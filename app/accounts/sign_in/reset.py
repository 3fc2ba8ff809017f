"""A forgotten password: a letter, six hours, a new one typed twice; what the former one opened is closed (C5)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text

from app.accounts import addresses
from app.accounts.approval.cut_off import cut_off
from app.accounts.links.one_use import RESET_PASSWORD, Dead, Live, use
from app.accounts.links.send import Addressee, send_link
from app.accounts.mail import account_letters, outbox
from app.accounts.sign_in import attempts, passwords
from app.audit import record_shared
from app.languages import speaking
from app.tenants.bind import shared_session

STATES = ("registered", "confirmed", "active")
"""Whose password may be changed by letter: not that of who was refused or suspended."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Sessions, known browsers, links and lock of the account are gone."""


def ask_for_letter(email: str) -> None:
    """The same answer and the same work for a known and an unknown address (C4)."""
    email = addresses.as_kept(email)
    with shared_session() as session:
        found = session.execute(_FIND, {"email": email, "states": list(STATES)}).one_or_none()
        addressee = Addressee(str(found.id), found.language) if found else None
        send_link(session, RESET_PASSWORD, addressee, email, account_letters.reset_password_letter)


def change_password(secret: str, token: str, password: str) -> Changed | Dead:
    """With the link of the letter; the password keeps the rule already. All or nothing, in one transaction."""
    hashed = passwords.hash_password(password)
    with shared_session() as session:
        outcome = use(session, RESET_PASSWORD, token)
        if not isinstance(outcome, Live):
            return outcome
        account = session.execute(_CHANGE, {"id": outcome.account_id, "hash": hashed}).one()
        attempts.forget_attempts(session, secret, account.email)
        cut_off(session, outcome.account_id)
        with speaking(account.language):
            outbox.post(session, account.email, account_letters.password_changed_letter())
        record_shared(session, actor=f"account:{outcome.account_id}", action="password:reset")
    return Changed()


_FIND = text("select id, language from control.account where email = :email and state = any(:states)")
_CHANGE = text("""
    update control.account set password_hash = :hash, password_changed_at = now() where id = :id
    returning email, language
""")
