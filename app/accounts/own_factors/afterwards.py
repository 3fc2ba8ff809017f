"""What follows a change: the session raised, the recovery codes shown once, the browsers forgotten; or why not."""

from __future__ import annotations

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.accounts.factors import known_browsers, recovery_codes
from app.accounts.factors.enrolled import read_enrolled
from app.accounts.factors.strength import Allowed, StillDemanded, suffices
from app.accounts.own_factors.note import note_change
from app.accounts.second_step import arrival, sentences
from app.accounts.sessions import way_back
from app.config import current_settings
from app.tenants.bind import shared_session

OVERVIEW = "own_factors.overview"


def after_adding(factor: str, sentence: str) -> str | Response:
    """Who added a factor just proved it, and goes on to the page that demanded it. The first one comes with recovery
    codes."""
    if not suffices(current_user.factor, factor):
        arrival.raise_factor(factor)
    flash(sentence, "success")
    with shared_session() as database:
        has_codes = read_enrolled(database, current_user.id).recovery_codes > 0
    return redirect(way_back.take_page(OVERVIEW)) if has_codes else show_new_codes()


def after_removing(database: Session) -> None:
    """No browser is known by what is gone; without any stronger factor, recovery codes stand for nothing."""
    known_browsers.forget_all(database, current_user.id)
    if read_enrolled(database, current_user.id).strongest == "mail":
        recovery_codes.forget(database, current_user.id)


def show_new_codes() -> str:
    """The only page that ever shows them: it answers the POST that made them."""
    secret = current_settings().secret_key
    with shared_session() as database:
        codes = recovery_codes.make(database, secret, current_user.id)
        note_change(database, "add", "recovery")
    return render_template("accounts/factors/recovery_codes.html", codes=codes, next_page=way_back.take_page(OVERVIEW))


def why_not(verdict: Allowed | StillDemanded) -> str | None:
    """The reason that greys the button and refuses its POST; None when it may be pressed."""
    match verdict:
        case StillDemanded(minimum):
            return _(
                "Un de vos hôpitaux demande %(factor)s : ajoutez-en un autre avant de retirer celui-ci.",
                factor=sentences.DEMANDS[minimum],
            )
        case Allowed():
            return None
