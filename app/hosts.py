"""Under which names we answer: the base address; its aliases lead to it; any other name is refused (C8)."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, abort, redirect, request
from werkzeug.wrappers import Response

from app.config import Settings, current_settings

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
PROBES = ("/healthz", "/readyz", "/metrics")
"""Asked by machines that know an address, not a name; they say nothing about anyone."""


def init_app(app: Flask) -> None:
    app.before_request(check_host)


def check_host() -> Response | None:
    settings = current_settings()
    host = (request.host or "").lower()
    if host == urlsplit(settings.base_url).netloc.lower() or request.path in PROBES:
        return None
    if host in aliases(settings):
        return redirect(settings.base_url + request.full_path.removesuffix("?"), code=301)
    return abort(400)


def aliases(settings: Settings) -> set[str]:
    """The aliases of the settings, with and without the port; on one's own machine, its other names too."""
    base = urlsplit(settings.base_url)
    names = {alias.lower() for alias in settings.alias_hosts}
    if base.hostname in LOOPBACK:
        names |= set(LOOPBACK)
    ports = {f":{base.port}" if base.port else "", f":{settings.port}"}
    return names | {f"{name}{port}" for name in names for port in ports}
