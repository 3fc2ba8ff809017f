"""What an account has beside its password, and how all of it is forgotten."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.factors import authenticator_app, known_browsers, recovery_codes
from app.accounts.factors.strength import Enrolled


def read_enrolled(session: Session, account_id: str | None) -> Enrolled:
    row = session.execute(_READ, {"account": account_id}).one()
    return Enrolled(row.app, row.passkeys, row.recovery_codes, tuple(row.minimums))


def forget_factors(session: Session, account_id: str) -> None:
    """For somebody who lost everything: the code by mail is all that is left. The caller audits who did it."""
    authenticator_app.remove(session, account_id)
    session.execute(text("delete from control.passkey where account_id = :account"), {"account": account_id})
    session.execute(text("delete from control.outside_identity where account_id = :account"), {"account": account_id})
    recovery_codes.forget(session, account_id)
    known_browsers.forget_all(session, account_id)


_READ = text("""
    select exists (select from control.authenticator_app where account_id = :account) as app,
        (select count(*) from control.passkey where account_id = :account) as passkeys,
        (select count(*) from control.recovery_code where account_id = :account and used_at is null) as recovery_codes,
        array(select distinct h.minimum_factor from control.hospital h where h.id in (
            select hospital_id from control.account_site where account_id = :account
            union select hospital_id from control.account_role where account_id = :account)) as minimums
""")
