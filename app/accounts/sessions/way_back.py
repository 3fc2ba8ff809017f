"""The way back after a sign-in: the page left is kept on the server, no link can send a person elsewhere (C8)."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from flask import Flask, current_app, flash, redirect, request, session, url_for
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.access import access_of
from app.accounts.permissions import PUBLIC
from app.accounts.sessions.current import this_session
from app.accounts.sign_in.sentences import EXPIRED
from app.extensions import login_manager

HOME = "fiches.home"
SEARCHED = "q"
"""The word of an address that holds what a person searches."""


def init_app(app: Flask) -> None:
    login_manager.unauthorized_handler(to_sign_in)


def to_sign_in() -> Response:
    """Flask-Login's answer to a request without person."""
    keep_page()
    if this_session().expired:
        flash(EXPIRED, "warning")
    return redirect(url_for("second_step.code" if this_session().stage == "password" else "accounts.sign_in_page"))


def keep_page() -> None:
    """What is asked for now is what opens later."""
    page = _page_left()
    if page and is_ours(page):
        session["next"] = page


def take_page(otherwise: str = HOME) -> str:
    """The page to open now, once; that of the endpoint `otherwise` when there is none, or it is not one of ours."""
    page = session.pop("next", None)
    return page if page and is_ours(page) else url_for(otherwise)


def page_shown() -> str:
    """The page that a small form was sent from, to show it again; the home page when it is not one of ours."""
    referrer = request.referrer or ""
    page = referrer[len(request.host_url) - 1 :] if referrer.startswith(request.host_url) else ""
    return page if _endpoint_of(page) else url_for(HOME)


def is_ours(page: str) -> bool:
    """A path that GET shows to a signed-in person."""
    endpoint = _endpoint_of(page)
    return endpoint is not None and access_of(current_app, endpoint) not in (PUBLIC, None)


def _endpoint_of(page: str) -> str | None:
    """What GET shows at this path of ours; None elsewhere."""
    if not page.startswith("/") or page[1:2] in ("/", "\\") or any(ord(letter) < 33 for letter in page):
        return None
    try:
        endpoint, _ = request_ctx.url_adapter.match(page.partition("?")[0], method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return None
    return str(endpoint)


def _page_left() -> str | None:
    """The page asked for, or the page whose form was sent."""
    if request.method in ("GET", "HEAD") and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate":
        return _without_the_search(request.full_path)
    referrer = request.referrer or ""
    return _without_the_search(referrer[len(request.host_url) - 1 :]) if referrer.startswith(request.host_url) else None


def _without_the_search(page: str) -> str:
    """What was searched may name a patient, and the session's row stands in what hospitals share (D3)."""
    path, _, query = page.partition("?")
    kept = urlencode([(name, value) for name, value in parse_qsl(query) if name != SEARCHED])
    return f"{path}?{kept}" if kept else path
