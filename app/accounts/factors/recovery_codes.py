"""Ten codes for the day the telephone or the key is lost: shown once, kept as keyed hashes, each good once."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from sqlalchemy import text
from sqlalchemy.orm import Session

CODES = 10
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter is taken for a digit. Ten of them are fifty bits."""
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\u2011": None, "\u00a0": None})


def make(session: Session, secret_key: str, account_id: str) -> list[str]:
    """Ten new codes, in clear for this once; the former ones die."""
    codes = [_new_code() for _ in range(CODES)]
    forget(session, account_id)
    session.execute(
        _KEEP, [{"account": account_id, "hash": _keyed_hash(secret_key, account_id, code)} for code in codes]
    )
    return codes


def accept(session: Session, secret_key: str, account_id: str, typed: str) -> bool:
    """Whether the code is one of theirs, still unused; then it has served."""
    spent = {"account": account_id, "hash": _keyed_hash(secret_key, account_id, typed)}
    return session.execute(_USE, spent).one_or_none() is not None


def forget(session: Session, account_id: str) -> None:
    session.execute(text("delete from control.recovery_code where account_id = :account"), {"account": account_id})


def _new_code() -> str:
    drawn = "".join(secrets.choice(LETTERS) for _ in range(10))
    return f"{drawn[:5]}-{drawn[5:]}"


def _keyed_hash(secret_key: str, account_id: str, code: str) -> bytes:
    read = code.upper().translate(_MISREAD).strip()
    return hmac.digest(secret_key.encode(), f"recovery code|{account_id}|{read}".encode(), hashlib.sha256)


_KEEP = text("insert into control.recovery_code (account_id, code_hash) values (:account, :hash)")
_USE = text("""
    update control.recovery_code set used_at = clock_timestamp()
    where account_id = :account and code_hash = :hash and used_at is null returning account_id
""")
