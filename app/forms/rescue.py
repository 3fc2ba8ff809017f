"""A form sent when the session has just ended: what was typed is kept, then the person signs in again and finds it.

Its ticket (opened.py) says whose it is. Somebody suspended since, or who works there no more, leaves nothing.
"""

from __future__ import annotations

from flask import Flask, current_app, request
from flask_login import current_user
from sqlalchemy import text

from app.forms import drafts, opened
from app.forms.draft_views import KEY
from app.tenants.bind import hospital_session, shared_session

FORMS = ("forms", "new_fiches", "fiche_acts", "form_drafts", "recueils")
CANCEL = "annuler"


def init_app(app: Flask) -> None:
    app.before_request(keep_what_came_too_late)
    app.jinja_env.globals["form_ticket"] = opened.ticket


def keep_what_came_too_late() -> None:
    """Before the guard leads to the sign-in."""
    if request.method != "POST" or request.blueprint not in FORMS or current_user.is_authenticated:
        return
    form = opened.opened_form()
    if form and KEY.fullmatch(form.key) and request.form.get("que") != CANCEL and _still_works_there(form):
        _keep(form)


def _still_works_there(form: opened.Opened) -> bool:
    asked = {"account": form.account_id, "hospital": form.hospital}
    with shared_session() as session:
        return bool(session.execute(_WORKS_THERE, asked).scalar())


def _keep(form: opened.Opened) -> None:
    with hospital_session(form.hospital) as session:
        try:
            drafts.keep(session, form.account_id, form.key, request.form.items(multi=True))
        except drafts.TooLong:
            current_app.logger.warning("a form that came too late was too long to be kept")


_WORKS_THERE = text("""
    select exists (
        select from control.account a
        join control.account_role r on r.account_id = a.id
        join control.hospital h on h.id = r.hospital_id
        where a.id = cast(:account as uuid) and a.state = 'active' and h.code = :hospital)
""")
