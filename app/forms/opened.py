"""A form that a person opened: its ticket, signed, says who, in which hospital, which form, and what it will create.

The ticket lets nobody read anything. It lets a page that came after the session's end leave its draft where its author
will find it (rescue), and it makes one block of a form that is sent twice."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request
from flask_login import current_user
from itsdangerous import BadData, URLSafeTimedSerializer

from app.clock import new_id

TICKET = "reprise"
SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Opened:
    """`new_id` is the id of the fiche or of the block that the form will create, if it creates one."""

    account_id: str
    hospital: str
    key: str
    new_id: str


def ticket(key: str) -> str:
    """For the signed-in person's form of that key."""
    return _signer().dumps([current_user.id, current_user.hospital_code, key, new_id()])


def opened_form() -> Opened | None:
    """The form that this request sends; None without a ticket of ours."""
    try:
        return Opened(*_signer().loads(request.form.get(TICKET, ""), max_age=SECONDS))
    except (BadData, TypeError):
        return None


def what_it_creates(key: str) -> str:
    """The id to give to what this form creates: the same one each time it is sent."""
    opened = opened_form()
    mine = opened and (opened.account_id, opened.hospital, opened.key) == _mine(key)
    return opened.new_id if opened and mine else new_id()


def _mine(key: str) -> tuple[str, str | None, str]:
    return current_user.id, current_user.hospital_code, key


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="bamara-opened-form")
