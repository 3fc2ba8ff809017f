"""A security key made of software: it answers a page as a browser with a real key does (WebAuthn, ES256)."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class SoftwareKey:
    """`count` is its signature counter: a key that does not count stays at zero."""

    origin: str = "http://localhost"
    counts: bool = True
    count: int = 0
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def create(self, options: str) -> str:
        """The answer to a page that adds a key."""
        asked = json.loads(options)
        client = self._client("webauthn.create", asked["challenge"])
        attested = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + self._public()
        statement = {"fmt": "none", "attStmt": {}, "authData": self._state(asked["rp"]["id"], ATTESTED) + attested}
        return self._answer(clientDataJSON=client, attestationObject=cbor2.dumps(statement))

    def get(self, options: str, *, flags: int = PRESENT | VERIFIED) -> str:
        """The answer to a page that asks for a key."""
        asked = json.loads(options)
        client = self._client("webauthn.get", asked["challenge"])
        self.count += self.counts
        state = self._state(asked["rpId"], 0, flags)
        signature = self.private.sign(state + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=state, signature=signature)

    def _client(self, what: str, challenge: str) -> bytes:
        return json.dumps({"type": what, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _state(self, site: str, more: int, flags: int = PRESENT | VERIFIED) -> bytes:
        return hashlib.sha256(site.encode()).digest() + bytes([flags | more]) + self.count.to_bytes(4, "big")

    def _public(self) -> bytes:
        point = self.private.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})

    def _answer(self, **response: bytes) -> str:
        named = written(self.credential_id)
        parts: dict[str, Any] = {name: written(value) for name, value in response.items()}
        return json.dumps({"id": named, "rawId": named, "type": "public-key", "response": parts})


def written(plain: bytes) -> str:
    return urlsafe_b64encode(plain).rstrip(b"=").decode()


def read(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
