"""The password, signing out. The second step stands in `second_step`."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel.speaklater import LazyString
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import public
from app.accounts.outside import awaiting
from app.accounts.second_step import arrival
from app.accounts.sessions import way_back
from app.accounts.sessions.current import this_session
from app.accounts.sign_in import sentences
from app.accounts.sign_in import steps as sign_in
from app.accounts.sign_in.forms import SignInForm
from app.config import current_settings

blueprint = Blueprint("accounts", __name__)
Page = str | Response | tuple[str, int]


@blueprint.get("/connexion")
@public
def sign_in_page() -> Page:
    if current_user.is_authenticated:
        return redirect(way_back.take_page())
    return _page(SignInForm())


@blueprint.post("/connexion")
@public
def check_password() -> Page:
    form = SignInForm()
    if not form.validate():
        return _page(form), 422
    match sign_in.check_password(current_settings().secret_key, form.email.data or "", form.password.data or ""):
        case sign_in.Accepted(account_id):
            return arrival.begin(account_id)
        case sign_in.Refused(one_try_left):
            return _refuse(form, f"{sentences.REFUSED} {sentences.ONE_LEFT}" if one_try_left else sentences.REFUSED)
        case sign_in.Locked():
            return _refuse(form, sentences.LOCKED)
        case sign_in.NotOpen(state):
            return _refuse(form, sentences.NOT_OPEN[state], unconfirmed=state == "registered")


@blueprint.post("/deconnexion")
@public
def sign_out() -> Response:
    this_session().leave()
    flash(sentences.SIGNED_OUT, "success")
    return redirect(url_for("accounts.sign_in_page"))


def _refuse(form: SignInForm, sentence: LazyString | str, *, unconfirmed: bool = False) -> tuple[str, int]:
    """`unconfirmed`: the right password was given, the page offers the letter of confirmation again."""
    flash(str(sentence), "danger")
    return _page(form, unconfirmed=unconfirmed), 422


def _page(form: SignInForm, *, unconfirmed: bool = False) -> str:
    return render_template(
        "accounts/sign_in/password.html", form=form, identity_waits=awaiting.is_waiting(), unconfirmed=unconfirmed
    )
