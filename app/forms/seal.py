"""What is being typed is read by nobody but its author's own pages: sealed with AES-GCM, under a key of the hospital's.

The key is derived from the instance's secret (HKDF-SHA256); the account and the form are bound to the seal, so that a
row put in another's place opens nothing.
"""

from __future__ import annotations

import secrets
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12


def seal(secret: str, hospital: str, about: str, text: str) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + _cipher(secret, hospital).encrypt(nonce, text.encode(), about.encode())


def unseal(secret: str, hospital: str, about: str, sealed: bytes) -> str | None:
    """None when it was sealed for somebody else, for another form, or under another secret."""
    try:
        return _cipher(secret, hospital).decrypt(sealed[:NONCE], sealed[NONCE:], about.encode()).decode()
    except (InvalidTag, ValueError):
        return None


@cache
def _cipher(secret: str, hospital: str) -> AESGCM:
    derived = HKDF(SHA256(), 32, salt=None, info=f"bamara:form-draft:{hospital}".encode())
    return AESGCM(derived.derive(secret.encode()))
