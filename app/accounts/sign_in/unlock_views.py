"""The page of the unlock letter: a button, then the sign-in."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access import public
from app.accounts.links.dead import show_dead_link
from app.accounts.links.one_use import UNLOCK, Live, look
from app.accounts.sign_in import sentences
from app.accounts.sign_in import unlock as unlocking
from app.config import current_settings
from app.tenants.bind import shared_session

blueprint = Blueprint("unlock", __name__)
Page = str | Response | tuple[str, int]


@blueprint.get("/compte/deverrouillage/<token>")
@public
def unlock_page(token: str) -> Page:
    with shared_session() as session:
        outcome = look(session, UNLOCK, token)
    if isinstance(outcome, Live):
        return render_template("accounts/sign_in/unlock.html")
    return show_dead_link(UNLOCK, outcome)


@blueprint.post("/compte/deverrouillage/<token>")
@public
def unlock(token: str) -> Page:
    match unlocking.unlock(current_settings().secret_key, token):
        case unlocking.Unlocked():
            flash(sentences.UNLOCKED, "success")
            return redirect(url_for("accounts.sign_in_page"))
        case dead:
            return show_dead_link(UNLOCK, dead)
