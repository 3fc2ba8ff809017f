"""An OpenID provider on this machine: discovery, PKCE, signed tokens. It can be down, slow, or lie."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Flask, jsonify, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

from tests.software_key import written

KEY = RSAKey.generate_key(2048, {"kid": "one"})
CLIENT, SECRET = "bamara-essai", "un-secret-de-client"


@dataclass
class Provider:
    """`lies`: claims of the token that replace the true ones; `signs_with` another key when somebody forges."""

    issuer: str = ""
    subject: str = "899700000001"
    lies: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: KEY)
    signs_with: RSAKey | None = None
    waits: float = 0.0
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: int = 0

    def consent(self, address: str) -> str:
        """What the person’s browser does there: known, they agree. The address that leads back, in the site."""
        question = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert question["response_type"] == "code"
        assert question["code_challenge_method"] == "S256"
        code = f"code-{len(self.asked)}"
        self.asked[code] = question
        return f"{urlsplit(question['redirect_uri']).path}?code={code}&state={question['state']}"

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        question = self.asked.pop(form["code"])
        assert written(hashlib.sha256(form["code_verifier"].encode()).digest()) == question["code_challenge"]
        self.tokens += 1
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": self.subject, "aud": CLIENT, "iat": now, "exp": now + 60}
        claims |= {"nonce": question["nonce"]} | self.lies
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs_with or self.key)
        return {"access_token": "unused", "token_type": "Bearer", "id_token": signed}


@contextmanager
def provided() -> Iterator[Provider]:
    provider, app = Provider(), Flask("provider")

    @app.get("/.well-known/openid-configuration")
    def discovery() -> Any:
        time.sleep(provider.waits)
        here = provider.issuer
        return jsonify(
            issuer=here,
            authorization_endpoint=f"{here}/authorize",
            token_endpoint=f"{here}/token",
            jwks_uri=f"{here}/keys",
            id_token_signing_alg_values_supported=["RS256"],
        )

    @app.get("/keys")
    def keys() -> Any:
        return jsonify(keys=[provider.key.as_dict(private=False)])

    @app.post("/token")
    def token() -> Any:
        if request.authorization is None or request.authorization.password != SECRET:
            return jsonify(error="invalid_client"), 401
        if request.form["code"] not in provider.asked:
            return jsonify(error="invalid_grant"), 400
        return jsonify(provider.token(request.form.to_dict()))

    server = make_server("127.0.0.1", 0, app, threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
