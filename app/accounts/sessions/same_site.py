"""A page acts only for the site it was made for: two tabs on two sites never mix (product, § people)."""

from __future__ import annotations

from flask import Flask, request
from flask_login import current_user

FIELD = "made_for"
"""Every form of a signed-in page carries the code of its place, "H001:S001"."""


class OtherSite(Exception):
    """The form was made for another site than the session's: nothing is written."""

    def __init__(self, made_for: str) -> None:
        super().__init__(made_for)
        self.made_for = made_for


def init_app(app: Flask) -> None:
    app.before_request(refuse_other_site)


def refuse_other_site() -> None:
    """Raises OtherSite. A form that does not say its place is refused too, once there is a place to mistake."""
    if (
        request.method in ("GET", "HEAD", "OPTIONS")
        or request.blueprint in PLACELESS
        or not current_user.is_authenticated
    ):
        return
    place = current_user.place
    if place and request.form.get(FIELD) != place.code:
        raise OtherSite(request.form.get(FIELD, ""))


PLACELESS = ("accounts", "reset", "unlock", "registration")
"""Signing out and changing site mean the same from any tab; the links of letters act on an account, not on a site."""
