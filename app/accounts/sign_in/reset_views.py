"""The pages of a forgotten password: ask for the letter, then choose a new one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access import public
from app.accounts.links.dead import show_dead_link
from app.accounts.links.one_use import RESET_PASSWORD, Live, look
from app.accounts.sign_in import reset, sentences
from app.accounts.sign_in.password_rule import PATTERNS
from app.accounts.sign_in.reset_forms import ForgottenForm, NewPasswordForm
from app.config import current_settings
from app.tenants.bind import shared_session

blueprint = Blueprint("reset", __name__)
Page = str | Response | tuple[str, int]


@blueprint.get("/mot-de-passe/oublie")
@public
def forgotten_page() -> Page:
    return render_template("accounts/sign_in/forgotten.html", form=ForgottenForm())


@blueprint.post("/mot-de-passe/oublie")
@public
def ask_for_letter() -> Page:
    form = ForgottenForm()
    if not form.validate():
        return render_template("accounts/sign_in/forgotten.html", form=form), 422
    reset.ask_for_letter(form.email.data or "")
    return redirect(url_for("reset.letter_sent"))


@blueprint.get("/mot-de-passe/verifier-vos-courriels")
@public
def letter_sent() -> Page:
    return render_template("accounts/sign_in/letter_sent.html")


@blueprint.get("/mot-de-passe/nouveau/<token>")
@public
def new_password_page(token: str) -> Page:
    with shared_session() as session:
        outcome = look(session, RESET_PASSWORD, token)
    if isinstance(outcome, Live):
        return _ask_for_password(NewPasswordForm())
    return show_dead_link(RESET_PASSWORD, outcome)


@blueprint.post("/mot-de-passe/nouveau/<token>")
@public
def change_password(token: str) -> Page:
    form = NewPasswordForm()
    if not form.validate():
        return _ask_for_password(form), 422
    match reset.change_password(current_settings().secret_key, token, form.password.data or ""):
        case reset.Changed():
            flash(sentences.PASSWORD_CHANGED, "success")
            return redirect(url_for("accounts.sign_in_page"))
        case dead:
            return show_dead_link(RESET_PASSWORD, dead)


def _ask_for_password(form: NewPasswordForm) -> str:
    return render_template(
        "accounts/sign_in/new_password.html", form=form, patterns=PATTERNS, rules=sentences.PASSWORD_RULES
    )
