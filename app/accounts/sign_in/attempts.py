"""The tries of an address, counted before the password is read, in one statement: a hundred parallel guesses are five
guesses (C3)."""

from __future__ import annotations

import hashlib
import hmac

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.sign_in.lockout import LOCK_MINUTES, TRIES, Attempt


def count_attempt(session: Session, secret: str, email: str) -> Attempt:
    """Count one try of this address. An expired lock starts again from one."""
    row = session.execute(_COUNT, {"hash": email_hash(secret, email)}).one()
    return Attempt(row.failed)


def forget_attempts(session: Session, secret: str, email: str) -> None:
    """After a right password, or an unlock."""
    session.execute(
        text("delete from control.sign_in_attempts where email_hash = :hash"), {"hash": email_hash(secret, email)}
    )


def email_hash(secret: str, email: str) -> bytes:
    return hmac.digest(secret.encode(), b"sign-in attempts|" + email.encode(), hashlib.sha256)


_COUNT = text("""
    insert into control.sign_in_attempts as a (email_hash, failed) values (:hash, 1)
    on conflict (email_hash) do update set
        failed = case when a.locked_at < now() - make_interval(mins => :minutes) then 1 else a.failed + 1 end,
        locked_at = case when a.locked_at < now() - make_interval(mins => :minutes) then null
                         when a.failed + 1 >= :tries then coalesce(a.locked_at, now()) end,
        last_at = now()
    returning failed
""").bindparams(minutes=LOCK_MINUTES, tries=TRIES)
