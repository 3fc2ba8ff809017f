"""The page of one's open sessions, and of what was done lately with the account."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import audit
from app.access import requires
from app.accounts.factors import known_browsers
from app.accounts.profile import own_acts, own_sessions, sentences
from app.accounts.second_step.sentences import FACTORS
from app.accounts.sessions.current import this_session
from app.tenants.bind import shared_session

blueprint = Blueprint("own_sessions", __name__, url_prefix="/profil/sessions")


@blueprint.get("")
@requires("own:profile:read")
def sessions() -> str:
    with shared_session() as database:
        opened = own_sessions.list_open(database, current_user.id, this_session().id_hash)
        acts = own_acts.last_acts(database, current_user.id)
    return render_template("accounts/profile/sessions.html", opened=opened, acts=acts, factors=FACTORS)


@blueprint.post("/<uuid:public_id>/fermer")
@requires("own:profile:write")
def close(public_id: UUID) -> Response:
    with shared_session() as database:
        closed = own_sessions.close(database, current_user.id, public_id)
        if closed:
            audit.record_shared(database, actor=current_user.actor, action="session:close")
    flash(sentences.SESSION_CLOSED if closed else sentences.SESSION_GONE, "success" if closed else "info")
    return redirect(url_for("own_sessions.sessions"))


@blueprint.post("/fermer-toutes")
@requires("own:profile:write")
def close_all() -> Response:
    """This one too: whoever holds a browser of this person is asked for everything again."""
    with shared_session() as database:
        number = own_sessions.close_all(database, current_user.id)
        known_browsers.forget_all(database, current_user.id)
        audit.record_shared(database, actor=current_user.actor, action="session:close_all", detail={"number": number})
    this_session().leave()
    flash(sentences.SIGNED_OUT_EVERYWHERE, "success")
    return redirect(url_for("accounts.sign_in_page"))
