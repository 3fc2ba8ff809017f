"""Who somebody is for the provider: issuer and subject, linked once, by the person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.outside.provider import Identity


def account_of(session: Session, identity: Identity) -> Any:
    """(id, state) of the account it is linked to, or None."""
    return session.execute(_FIND, {"issuer": identity.issuer, "subject": identity.subject}).one_or_none()


def link(session: Session, identity: Identity, account_id: str) -> bool:
    """False when it is another account's already."""
    linked = {"issuer": identity.issuer, "subject": identity.subject, "account": account_id}
    return session.execute(_LINK, linked).one_or_none() is not None


def linked_at(session: Session, account_id: str) -> Any:
    """Since when an identity is linked to the account, or None."""
    return session.execute(_SINCE, {"account": account_id}).scalar_one_or_none()


def unlink(session: Session, account_id: str) -> None:
    session.execute(text("delete from control.outside_identity where account_id = :account"), {"account": account_id})


_FIND = text("""
    select a.id::text as id, a.state from control.outside_identity o join control.account a on a.id = o.account_id
    where o.issuer = :issuer and o.subject = :subject
""")
_LINK = text("""
    insert into control.outside_identity as o (issuer, subject, account_id) values (:issuer, :subject, :account)
    on conflict (issuer, subject) do update set account_id = o.account_id where o.account_id = excluded.account_id
    returning account_id
""")
_SINCE = text("select min(linked_at) from control.outside_identity where account_id = :account")
