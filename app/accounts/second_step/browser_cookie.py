"""What a known browser keeps: a random token, for some hours, out of reach of scripts."""

from __future__ import annotations

from flask import after_this_request, request
from werkzeug.wrappers import Response

from app.config import Settings, current_settings

NAME = "bamara-navigateur"


def token_of_browser() -> str | None:
    return request.cookies.get(_name(current_settings()))


def keep_in_browser(token: str) -> None:
    """With the answer of this request."""

    @after_this_request
    def keep(response: Response) -> Response:
        settings = current_settings()
        response.set_cookie(
            _name(settings),
            token,
            max_age=settings.remember_hours * 3600,
            httponly=True,
            secure=settings.secure,
            samesite="Lax",
            path="/",
        )
        return response


def _name(settings: Settings) -> str:
    return f"__Host-{NAME}" if settings.secure else NAME
