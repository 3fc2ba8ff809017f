"""Who may call what: every route is public or names the permission it requires; an unmarked route answers 403 (C10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.permissions import PUBLIC

View = TypeVar("View", bound=Callable[..., Any])

ASSETS = ("static", "bootstrap.static")
"""Endpoints that Flask and Bootstrap-Flask register themselves: files without a secret."""


def public(view: View) -> View:
    """Open to anyone, signed in or not."""
    view.__access__ = PUBLIC  # type: ignore[attr-defined]
    return view


def requires(permission: str) -> Callable[[View], View]:
    """Open to the signed-in people one of whose roles gives the permission (`scope:resource:action`)."""

    def mark(view: View) -> View:
        view.__access__ = permission  # type: ignore[attr-defined]
        return view

    return mark


def access_of(app: Flask, endpoint: str) -> str | None:
    """What an endpoint asks for: "public", a permission, or None when nobody said (closed)."""
    return PUBLIC if endpoint in ASSETS else getattr(app.view_functions[endpoint], "__access__", None)


def init_app(app: Flask) -> None:
    app.before_request(guard)


def guard() -> Response | None:
    """Before every request. An unknown address goes on to its 404."""
    if request.endpoint is None:
        return None
    access = access_of(current_app, request.endpoint)
    if access == PUBLIC:
        return None
    if access is None:
        abort(403)
    if not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    if not current_user.can(access):
        abort(403)
    return None
