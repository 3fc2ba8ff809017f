"""The browsers that passed the second step lately: for some hours they are asked for the password alone (§ 3.2).

The cookie holds a random token, the row its hash. The token changes at each second step, for every account of the
browser: one planted beforehand by somebody else is worth nothing afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.sessions.rows import hash_of, new_token

LONGEST_DAYS = 31
FACTORS = ("mail", "app", "passkey")
"""What a browser is remembered for: a recovery code is an accident, an identity provider remembers by itself."""


def remember(session: Session, former: str | None, account_id: str, factor: str, browser: str) -> str:
    """The browser's new token."""
    token = new_token()
    if former:
        session.execute(_FORGET_HERE, {"former": hash_of(former), "account": account_id})
        session.execute(_RENEW, {"former": hash_of(former), "hash": hash_of(token)})
    session.execute(_REMEMBER, {"hash": hash_of(token), "account": account_id, "factor": factor, "browser": browser})
    return token


def factor_passed(session: Session, token: str, account_id: str, hours: int) -> str | None:
    """What this browser passed for this account, less than so many hours ago."""
    asked = {"hash": hash_of(token), "account": account_id, "hours": hours}
    return session.execute(_RECOGNISE, asked).scalar_one_or_none()


def list_known(session: Session, account_id: str, hours: int) -> Sequence[Any]:
    """(browser, factor, created_at), the last one first."""
    return session.execute(_LIST, {"account": account_id, "hours": hours}).all()


def forget_all(session: Session, account_id: str | None) -> None:
    """At a change of password or of factor, a lock, a suspension, a sign-out everywhere. None: nobody's (C4)."""
    session.execute(text("delete from control.known_browser where account_id = :account"), {"account": account_id})


def sweep(session: Session) -> None:
    session.execute(_SWEEP)


_FORGET_HERE = text("delete from control.known_browser where token_hash = :former and account_id = :account")
_RENEW = text("update control.known_browser set token_hash = :hash where token_hash = :former")
_REMEMBER = text("""
    insert into control.known_browser (token_hash, account_id, factor, browser)
    values (:hash, :account, :factor, :browser)
""")
_RECOGNISE = text("""
    select k.factor from control.known_browser k join control.account a on a.id = k.account_id
    where k.token_hash = :hash and k.account_id = :account
        and k.created_at > now() - make_interval(hours => :hours) and k.created_at >= a.password_changed_at
""")
_LIST = text("""
    select browser, factor, created_at from control.known_browser
    where account_id = :account and created_at > now() - make_interval(hours => :hours) order by created_at desc
""")
_SWEEP = text("delete from control.known_browser where created_at < now() - make_interval(days => :days)").bindparams(
    days=LONGEST_DAYS
)
