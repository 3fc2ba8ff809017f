"""A new password, for who knows the former one: what the former one opened elsewhere is closed (C5, C6)."""

from __future__ import annotations

from sqlalchemy import text

from app import audit
from app.accounts.factors import known_browsers
from app.accounts.links.one_use import end_links
from app.accounts.mail import account_letters, outbox
from app.accounts.person import Person
from app.accounts.profile import own_sessions
from app.accounts.sign_in import passwords
from app.languages import speaking
from app.tenants.bind import shared_session


def change_password(person: Person, password: str, *, here: bytes) -> None:
    """The password keeps the rule already, the former one was just given. `here`: the session that stays open."""
    hashed = passwords.hash_password(password)
    with shared_session() as session:
        session.execute(_CHANGE, {"id": person.id, "hash": hashed})
        end_links(session, person.id)
        known_browsers.forget_all(session, person.id)
        own_sessions.close_all(session, person.id, but=here)
        with speaking(person.language):
            outbox.post(session, person.email, account_letters.password_changed_letter())
        audit.record_shared(session, actor=person.actor, action="password:change")


_CHANGE = text("update control.account set password_hash = :hash, password_changed_at = now() where id = :id")
