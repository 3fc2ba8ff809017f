"""Passwords: Argon2id, the same time for an unknown address, and the rule of the guide (§ Connexion)."""

from __future__ import annotations

import re
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

# OWASP's first choice for Argon2id: 46 MiB, one pass, one lane.
_HASHER = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)
LONGEST = 128

RULES = (
    (re.compile(r".{8,}", re.S), "au moins 8 caractères"),
    (re.compile(r"[a-zà-ÿ]"), "une minuscule"),
    (re.compile(r"[A-ZÀ-Þ]"), "une majuscule"),
    (re.compile(r"\d"), "un chiffre"),
    (re.compile(r"[^\w\s]|_"), "un caractère spécial"),
)


def what_is_missing(password: str) -> list[str]:
    """The parts of the rule that the password does not keep, in French; empty when it is good."""
    missing = [name for pattern, name in RULES if not pattern.search(password)]
    return missing + (["au plus 128 caractères"] if len(password) > LONGEST else [])


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
