"""A form sent when the session has just expired: what was typed is kept, then the person signs in again and finds it.

The session's row is still there, and the form carries the token that only that session's pages had: nobody else can
leave a draft in its place.
"""

from __future__ import annotations

import hmac

from flask import Flask, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from app.accounts.sessions.current import this_session
from app.accounts.sessions.expired import owner_of
from app.accounts.sessions.same_site import FIELD
from app.forms import drafts
from app.forms.draft_views import KEY
from app.tenants.bind import hospital_session, shared_session

FORMS = ("forms", "new_fiches", "fiche_acts", "form_drafts")


def init_app(app: Flask) -> None:
    app.before_request(keep_what_came_too_late)


def keep_what_came_too_late() -> None:
    """Before the guard leads to the sign-in."""
    if request.method != "POST" or request.blueprint not in FORMS:
        return
    key, session = request.form.get("cle", ""), this_session()
    if not KEY.fullmatch(key) or not session.expired:
        return
    hospital = request.form.get(FIELD, "").partition(":")[0]
    with shared_session() as shared:
        owner = owner_of(shared, session.id_hash, hospital)
    if owner and _is_the_token_of(owner[1]):
        _keep(hospital, owner[0], key)


def _keep(hospital: str, account_id: str, key: str) -> None:
    with hospital_session(hospital) as session:
        try:
            drafts.keep(session, account_id, key, request.form.items(multi=True))
        except drafts.TooLong:
            current_app.logger.warning("a form that came too late was too long to be kept")


def _is_the_token_of(raw: str) -> bool:
    """As Flask-WTF signs it, whatever its age: the session's own age is what ended it."""
    signer = URLSafeTimedSerializer(str(current_app.secret_key), salt="wtf-csrf-token")
    try:
        return hmac.compare_digest(str(signer.loads(request.form.get("csrf_token", ""))), raw)
    except BadData:
        return False
