"""A form sent when the session has just ended: what was typed is kept, then the person signs in again and finds it.

Each page to fill carries a ticket, signed for its author, their hospital and this form: it lets nobody read anything,
it only lets the page leave its draft where its author will find it.
"""

from __future__ import annotations

from flask import Flask, current_app, request
from flask_login import current_user
from itsdangerous import BadData, URLSafeTimedSerializer

from app.forms import drafts
from app.forms.draft_views import KEY
from app.tenants.bind import hospital_session

FORMS = ("forms", "new_fiches", "fiche_acts", "form_drafts")
TICKET = "reprise"
SECONDS = 24 * 3600


def init_app(app: Flask) -> None:
    app.before_request(keep_what_came_too_late)
    app.jinja_env.globals["rescue_ticket"] = ticket


def ticket(key: str) -> str:
    """For the signed-in person's form of that key."""
    return _signer().dumps([current_user.id, current_user.hospital_code, key])


def keep_what_came_too_late() -> None:
    """Before the guard leads to the sign-in."""
    if request.method != "POST" or request.blueprint not in FORMS or current_user.is_authenticated:
        return
    try:
        account_id, hospital, key = _signer().loads(request.form.get(TICKET, ""), max_age=SECONDS)
    except BadData:
        return
    if KEY.fullmatch(key) and request.form.get("que") != "annuler":
        _keep(hospital, account_id, key)


def _keep(hospital: str, account_id: str, key: str) -> None:
    with hospital_session(hospital) as session:
        try:
            drafts.keep(session, account_id, key, request.form.items(multi=True))
        except drafts.TooLong:
            current_app.logger.warning("a form that came too late was too long to be kept")


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="bamara-form-rescue")
