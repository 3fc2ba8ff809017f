"""What must be read again by its owner alone, sealed before it reaches the database: its copy alone opens nothing.

AES-GCM under a key derived from the instance's secret (HKDF-SHA256), one per use."""

from __future__ import annotations

import secrets
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12


class Unreadable(Exception):
    """Sealed under another key, or for somebody else."""


def seal(secret_key: str, what_for: str, owner: str, clear: str) -> bytes:
    """`owner`: the account's id, or what else it is bound to; moved to another owner, what is sealed does not open."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _box(secret_key, what_for).encrypt(nonce, clear.encode(), owner.encode())


def unseal(secret_key: str, what_for: str, owner: str, sealed: bytes) -> str:
    """Raises Unreadable."""
    nonce, closed = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return _box(secret_key, what_for).decrypt(nonce, closed, owner.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise Unreadable from error


@cache
def _box(secret_key: str, what_for: str) -> AESGCM:
    derived = HKDF(SHA256(), length=32, salt=None, info=f"bamara|{what_for}".encode()).derive(secret_key.encode())
    return AESGCM(derived)
