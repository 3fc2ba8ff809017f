"""Signing in (password, then code), signing out, changing site."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import public, requires
from app.accounts.factors.one_time_code import TooManyCodes
from app.accounts.factors.send_code import send_code
from app.accounts.sessions import way_back
from app.accounts.sessions.current import this_session
from app.accounts.sign_in import sentences
from app.accounts.sign_in import steps as sign_in
from app.accounts.sign_in.forms import CodeForm, SignInForm

blueprint = Blueprint("accounts", __name__)
Page = str | Response | tuple[str, int]


@blueprint.get("/connexion")
@public
def sign_in_page() -> Page:
    if current_user.is_authenticated:
        return redirect(way_back.take_page())
    return render_template("accounts/sign_in/password.html", form=SignInForm())


@blueprint.post("/connexion")
@public
def check_password() -> Page:
    form = SignInForm()
    if not form.validate():
        return render_template("accounts/sign_in/password.html", form=form), 422
    match sign_in.check_password(_secret(), form.email.data or "", form.password.data or ""):
        case sign_in.Accepted(account_id):
            this_session().move_to("password", account_id=account_id)
            return _send_code()
        case sign_in.Refused(one_try_left):
            return _refuse(form, f"{sentences.REFUSED} {sentences.ONE_LEFT}" if one_try_left else sentences.REFUSED)
        case sign_in.Locked():
            return _refuse(form, sentences.LOCKED)
        case sign_in.NotOpen(state):
            return _refuse(form, sentences.NOT_OPEN[state])


@blueprint.get("/connexion/code")
@public
def code() -> Page:
    if this_session().stage != "password":
        return redirect(url_for("accounts.sign_in_page"))
    return render_template("accounts/sign_in/code.html", form=CodeForm())


@blueprint.post("/connexion/code")
@public
def check_code() -> Page:
    session = this_session()
    if session.stage != "password":
        return redirect(url_for("accounts.sign_in_page"))
    form = CodeForm()
    if form.validate() and sign_in.check_code(_secret(), session.id_hash, form.code.data or ""):
        return _come_in()
    form.code.errors = form.code.errors or [sentences.WRONG_CODE]
    return render_template("accounts/sign_in/code.html", form=form), 422


@blueprint.post("/connexion/code/nouveau")
@public
def new_code() -> Response:
    if this_session().stage != "password":
        return redirect(url_for("accounts.sign_in_page"))
    return _send_code(sentences.NEW_CODE)


@blueprint.post("/deconnexion")
@public
def sign_out() -> Response:
    this_session().leave()
    flash(sentences.SIGNED_OUT, "success")
    return redirect(url_for("accounts.sign_in_page"))


@blueprint.post("/site")
@requires("own:site:switch")
def switch_site() -> Response:
    chosen = next((place for place in current_user.places if place.code == request.form.get("place")), None)
    if chosen is None:
        abort(404)
    this_session().move_to(
        "signed_in",
        account_id=current_user.id,
        hospital=chosen.hospital_code,
        site=chosen.site_code or None,
        factor=current_user.factor,
        keeps_age=True,
    )
    flash(f"Vous travaillez maintenant pour {chosen.label}.", "success")
    return redirect(url_for(way_back.HOME))


def _refuse(form: SignInForm, sentence: str) -> tuple[str, int]:
    flash(sentence, "danger")
    return render_template("accounts/sign_in/password.html", form=form), 422


def _send_code(sentence: str | None = None) -> Response:
    session = this_session()
    try:
        send_code(_secret(), session.account_id, session.id_hash)
    except TooManyCodes:
        flash(sentences.TOO_MANY_CODES, "danger")
    else:
        if sentence:
            flash(sentence, "info")
    return redirect(url_for("accounts.code"))


def _come_in() -> Response:
    page, account_id = way_back.take_page(), this_session().account_id
    sign_in.note_sign_in(account_id)
    this_session().move_to("signed_in", account_id=account_id, factor="mail")
    return redirect(page)


def _secret() -> str:
    return current_app.config["SETTINGS"].secret_key
