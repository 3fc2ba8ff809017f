"""Passwords are kept as Argon2id hashes; checking one takes the same time for an unknown address (C4)."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from app.accounts.sign_in.password_rule import LONGEST

# OWASP's first choice for Argon2id: 46 MiB, one pass, one lane.
_HASHER = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)


def hash_password(password: str) -> str:
    return _HASHER.hash(password)


def is_right(password: str, stored_hash: str | None) -> bool:
    """Takes the same time when there is no account (C4): a hash nobody knows stands in."""
    try:
        _HASHER.verify(stored_hash or _nobodys_hash(), password[:LONGEST])
    except (VerifyMismatchError, InvalidHashError):
        return False
    return stored_hash is not None


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash("mot de passe de personne")
