"""Asking for an account: the form, the sites of a hospital, the letter to wait for, the confirmation."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import public
from app.accounts import addresses
from app.accounts.addresses import FREE_MAIL_DOMAINS
from app.accounts.links.dead import show_dead_link
from app.accounts.links.one_use import CONFIRM_ADDRESS
from app.accounts.registration import ask, confirm, sites
from app.accounts.registration.forms import RegistrationForm
from app.accounts.sign_in.password_rule import PATTERNS
from app.accounts.sign_in.reset_forms import ForgottenForm
from app.accounts.sign_in.sentences import PASSWORD_RULES
from app.config import current_settings
from app.languages import current_language
from app.tenants.bind import shared_session

blueprint = Blueprint("registration", __name__)
Page = str | Response | tuple[str, int]

ASKED_WITH = "registered_as"
"""Where the session keeps the address that was typed, so that a slip shows before the letter is awaited in vain."""
LONGEST_SEARCH = 100


@blueprint.get("/inscription")
@public
def registration_page() -> Page:
    if current_user.is_authenticated:
        return redirect(url_for("fiches.home"))
    return _show(RegistrationForm())


@blueprint.post("/inscription")
@public
def register() -> Page:
    form = RegistrationForm()
    if "chercher" in request.form:  # without script: look for a hospital, keep what was typed
        return _show(form)
    offered = [site.code for site in _chosen(form)]
    if not form.validate() or not form.keeps_the_rules(_free_mail_domains(), offered):
        return _show(form), 422
    ask.ask_for_account(form.asked, current_language())
    session[ASKED_WITH] = form.asked.email
    return redirect(url_for("registration.check_your_mail"))


@blueprint.get("/inscription/sites")
@public
def sites_page() -> Page:
    """The part of the form that a search renews."""
    return render_template("accounts/registration/_sites.html", found=_found(), chosen=())


@blueprint.get("/inscription/verifier-vos-courriels")
@public
def check_your_mail() -> Page:
    form = ForgottenForm(formdata=None, email=session.get(ASKED_WITH, ""))
    return render_template("accounts/registration/check_your_mail.html", form=form, email=session.get(ASKED_WITH))


@blueprint.get("/inscription/renvoyer")
@public
def resend_page() -> Page:
    return render_template("accounts/registration/resend.html", form=ForgottenForm())


@blueprint.post("/inscription/renvoyer")
@public
def resend() -> Page:
    form = ForgottenForm()
    if not form.validate():
        return render_template("accounts/registration/resend.html", form=form), 422
    ask.resend_letter(form.email.data or "")
    session[ASKED_WITH] = addresses.as_kept(form.email.data or "")  # the session is kept by PostgreSQL too
    return redirect(url_for("registration.check_your_mail"))


@blueprint.get("/inscription/confirmation/<token>")
@public
def confirmation(token: str) -> Page:
    match confirm.read_request(token):
        case confirm.Request() as asked:
            return render_template("accounts/registration/confirm.html", asked=asked)
        case dead:
            return show_dead_link(CONFIRM_ADDRESS, dead)


@blueprint.post("/inscription/confirmation/<token>")
@public
def confirm_address(token: str) -> Page:
    match confirm.confirm_address(token, current_settings().registration_mail):
        case confirm.Confirmed(deciders):
            return render_template("accounts/registration/confirmed.html", deciders=deciders)
        case dead:
            return show_dead_link(CONFIRM_ADDRESS, dead)


@blueprint.get("/conditions")
@public
def terms() -> Page:
    return render_template("accounts/registration/terms.html")


def _show(form: RegistrationForm) -> str:
    return render_template(
        "accounts/registration/form.html",
        form=form,
        found=_found(),
        chosen=_chosen(form),
        patterns=PATTERNS,
        rules=PASSWORD_RULES,
    )


def _found() -> sites.Found:
    typed = request.values.get("hopital", "").replace("\0", "")[:LONGEST_SEARCH]
    with shared_session() as database:
        return sites.search_sites(database, typed, of_tests=_of_tests())


def _chosen(form: RegistrationForm) -> list[sites.OfferedSite]:
    with shared_session() as database:
        return sites.read_sites(database, form.asked_sites, of_tests=_of_tests())


def _free_mail_domains() -> frozenset[str]:
    return current_settings().free_mail_domains or FREE_MAIL_DOMAINS


def _of_tests() -> bool:
    return current_settings().mode != "production"
