"""A page acts only for the site it was made for: two tabs on two sites never mix (product, § people).

A form of another site is refused before anything is read of it. The answer offers to go back to that site and to send
the form there, in one click: what was typed is not lost."""

from __future__ import annotations

from flask import Flask, request
from flask_login import current_user

from app.accounts.sessions import site_switch
from app.extensions import csrf

FIELD = "made_for"
"""Every form of a signed-in page carries the code of its place, "H001:S001"."""
GO_BACK = "go_back"
"""The form sent again from the refusal: go back to the site it was made for, then do what it asks."""

PLACELESS = (
    "accounts",
    "second_step",
    "outside",
    "own_factors",
    "own_keys",
    "reset",
    "unlock",
    "registration",
    "sessions",
    "profile",
    "own_sessions",
)
"""One's own account, signing out and changing site mean the same from any tab."""


class OtherSite(Exception):
    """The form was made for another site than the session's: nothing is written."""

    def __init__(self, made_for: str) -> None:
        super().__init__(made_for)
        self.made_for = made_for


def init_app(app: Flask) -> None:
    app.before_request(refuse_other_site)


def refuse_other_site() -> None:
    """Raises OtherSite. A form that does not say its place is refused too, once there is a place to mistake."""
    if not _writes() or not current_user.is_authenticated:
        return
    place, made_for = current_user.place, request.form.get(FIELD, "")
    if place is None or made_for == place.code:
        return
    if GO_BACK not in request.form or not site_switch.is_ours(made_for):
        raise OtherSite(made_for)
    csrf.protect()  # before its turn: going back is already an act
    site_switch.switch_to(made_for)


def typed_again() -> list[tuple[str, str]]:
    """What the refused form held, to be sent again; nothing when it held a file or a password."""
    if request.files or any("password" in name for name in request.form):
        return []
    ours = (FIELD, GO_BACK, "csrf_token")
    return [(name, value) for name, values in request.form.lists() if name not in ours for value in values]


def _writes() -> bool:
    return (
        request.endpoint is not None
        and request.method not in ("GET", "HEAD", "OPTIONS")
        and request.blueprint not in PLACELESS
    )
