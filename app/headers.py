"""What every answer says to the browser (C9): no inline code, no frame, no sniffing, no copy kept."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g, request

from app.access import ASSETS
from app.config import current_settings

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HSTS = "max-age=63072000; includeSubDomains"
# Our own files carry their version in their address: the browser may keep them.
ASSET_CACHE = "public, max-age=604800"


def init_app(app: Flask) -> None:
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    app.after_request(protect)


def csp_nonce() -> str:
    """One per answer; scripts and style sheets of the page carry it."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return g.csp_nonce


def protect(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY.format(nonce=csp_nonce())
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers["Cache-Control"] = ASSET_CACHE if _is_kept_asset(response) else "no-store"
    if current_settings().secure:
        response.headers["Strict-Transport-Security"] = HSTS
    return response


def _is_kept_asset(response: Response) -> bool:
    return request.endpoint in ASSETS and response.status_code in (200, 304)
