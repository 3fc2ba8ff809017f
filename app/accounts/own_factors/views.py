"""One's own factors: the page, the app, the recovery codes, the known browsers, the identity."""

from __future__ import annotations

from base64 import b64decode, b64encode

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import requires
from app.accounts.factors import authenticator_app, known_browsers, passkeys
from app.accounts.outside import awaiting, identities
from app.accounts.own_factors.afterwards import after_adding, after_removing, show_new_codes, why_not
from app.accounts.own_factors.forms import AppCodeForm
from app.accounts.own_factors.may_change import proved
from app.accounts.own_factors.note import note_change
from app.accounts.own_factors.overview import Overview, hold_and_read, read_overview
from app.accounts.second_step import sentences
from app.config import current_settings
from app.tenants.bind import shared_session

blueprint = Blueprint("own_factors", __name__, url_prefix="/profil/securite")
Page = str | Response | tuple[str, int]
PROPOSED = "proposed_app"
"""In the session: the sealed secret of the app that the person is adding."""


@blueprint.get("")
@requires("own:profile:read")
def overview() -> str:
    return render_template(
        "accounts/factors/overview.html",
        mine=my_overview(),
        why_not=why_not,
        keys_possible=passkeys.relying_party(current_settings().base_url) is not None,
        hours=current_settings().remember_hours,
        names=sentences.FACTORS,
        identity_waits=awaiting.is_waiting(),
    )


@blueprint.post("/application")
@requires("own:profile:write")
@proved
def propose_app() -> Response:
    sealed = authenticator_app.new_secret(current_settings().secret_key, current_user.id)
    session[PROPOSED] = b64encode(sealed).decode()
    return redirect(url_for("own_factors.add_app"))


@blueprint.get("/application")
@requires("own:profile:write")
@proved
def add_app() -> Page:
    return _app_page(AppCodeForm())


@blueprint.post("/application/confirmer")
@requires("own:profile:write")
@proved
def confirm_app() -> Page:
    form = AppCodeForm()
    if not form.validate() or not _keep_app(form.code.data or ""):
        form.code.errors, form.code.data = form.code.errors or [sentences.WRONG_APP_CODE], None
        return _app_page(form)
    session.pop(PROPOSED)
    return after_adding("app", _("L’application est ajoutée : elle vous sera demandée à la prochaine connexion."))


@blueprint.post("/application/retirer")
@requires("own:profile:write")
@proved
def remove_app() -> Response:
    with shared_session() as database:
        reason = why_not(hold_and_read(database, current_user.id, current_settings().remember_hours).removing_app)
        if reason is None:
            authenticator_app.remove(database, current_user.id)
            note_change(database, "remove", "app")
            after_removing(database)
    flash(reason or _("L’application est retirée."), "warning" if reason else "success")
    return redirect(url_for("own_factors.overview"))


@blueprint.post("/codes")
@requires("own:profile:write")
@proved
def new_recovery_codes() -> Page:
    if my_overview().enrolled.strongest == "mail":
        flash(_("Ajoutez d’abord une application ou une clé : les codes de secours les remplacent."), "warning")
        return redirect(url_for("own_factors.overview"))
    return show_new_codes()


@blueprint.post("/navigateurs")
@requires("own:profile:write")
def forget_browsers() -> Response:
    with shared_session() as database:
        known_browsers.forget_all(database, current_user.id)
    flash(_("Le second moyen sera demandé à la prochaine connexion, dans tout navigateur."), "success")
    return redirect(url_for("own_factors.overview"))


@blueprint.post("/fournisseur/lier")
@requires("own:profile:write")
@proved
def link_identity() -> Response:
    awaiting.link_to(current_user.id, current_user.factor, proved_now=True)
    return redirect(url_for("own_factors.overview"))


@blueprint.post("/fournisseur/delier")
@requires("own:profile:write")
@proved
def unlink_identity() -> Response:
    with shared_session() as database:
        identities.unlink(database, current_user.id)
        note_change(database, "remove", "outside")
    flash(_("Cette identité n’est plus liée à votre compte."), "success")
    return redirect(url_for("own_factors.overview"))


def my_overview() -> Overview:
    with shared_session() as database:
        return read_overview(database, current_user.id, current_settings().remember_hours)


def _keep_app(typed: str) -> bool:
    with shared_session() as database:
        added = authenticator_app.enrol(database, current_settings().secret_key, current_user.id, _proposed(), typed)
        if added:
            note_change(database, "add", "app")
    return added


def _app_page(form: AppCodeForm) -> Page:
    """Without a secret that was proposed to this person: back to the page."""
    secret = authenticator_app.secret_in_clear(current_settings().secret_key, current_user.id, _proposed())
    if secret is None:
        return redirect(url_for("own_factors.overview"))
    drawn = authenticator_app.picture(secret, current_user.email)
    page = render_template("accounts/factors/add_app.html", form=form, picture=drawn, secret=secret)
    return (page, 422) if form.errors else page


def _proposed() -> bytes:
    return b64decode(session.get(PROPOSED, ""))
