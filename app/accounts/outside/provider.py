"""The identity provider: discovery, PKCE, state and nonce by Authlib; what waits stands in the session, on the server.

Whatever goes wrong there is one refusal here: the ordinary way in stays open."""

from __future__ import annotations

from dataclasses import dataclass

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app, url_for
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from app.config import Settings, current_settings

NAME = "outside"
TIMEOUT_SECONDS = 5
LONGEST_SUBJECT = 255
oauth = OAuth()


class ProviderFailed(Exception):
    """It does not answer, refuses, or answers what cannot be trusted."""


@dataclass(frozen=True, slots=True)
class Identity:
    issuer: str
    subject: str


def init_app(app: Flask) -> None:
    settings: Settings = app.config["SETTINGS"]
    app.jinja_env.globals["outside_label"] = settings.oidc_label if settings.oidc_issuer else None
    app.extensions[NAME] = _client(app, settings) if settings.oidc_issuer else None


def is_configured() -> bool:
    return current_app.extensions[NAME] is not None


def leave_for_provider() -> Response:
    """Raises ProviderFailed."""
    settings = current_settings()
    back = settings.base_url + url_for("outside.come_back")
    try:
        return current_app.extensions[NAME].authorize_redirect(back)
    except FAILURES as error:
        raise ProviderFailed from error


def identity_brought_back() -> Identity:
    """From the request that comes back. Raises ProviderFailed: also for another browser's answer, or one seen twice."""
    try:
        token = current_app.extensions[NAME].authorize_access_token()
    except FAILURES as error:
        raise ProviderFailed from error
    claims = token.get("userinfo") or {}
    subject = str(claims.get("sub") or "")
    if not subject or len(subject) > LONGEST_SUBJECT or "\0" in subject:
        raise ProviderFailed
    return Identity(str(claims["iss"]), subject)


FAILURES = (AuthlibBaseError, JoseError, RequestException, RuntimeError, ValueError, KeyError, TypeError)
"""What Authlib and its transport raise on a provider that is down, wrong or hostile."""


def _client(app: Flask, settings: Settings) -> object:
    return OAuth(app).register(
        NAME,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=f"{settings.oidc_issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid",
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT_SECONDS,
        },
    )
