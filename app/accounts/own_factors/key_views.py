"""One's own security keys: add, name, remove."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import requires
from app.accounts.factors import passkeys
from app.accounts.factors.passkeys import RelyingParty
from app.accounts.own_factors.afterwards import after_adding, after_removing, why_not
from app.accounts.own_factors.forms import KeyNameForm, NewKeyForm
from app.accounts.own_factors.may_change import proved
from app.accounts.own_factors.note import note_change
from app.accounts.own_factors.overview import hold_and_read
from app.accounts.own_factors.views import Page, my_overview
from app.config import current_settings
from app.tenants.bind import shared_session

blueprint = Blueprint("own_keys", __name__, url_prefix="/profil/securite/cle")
CHALLENGE = "new_passkey_challenge"


@blueprint.get("")
@requires("own:profile:write")
@proved
def add_key() -> Page:
    return _key_page(NewKeyForm())


@blueprint.post("")
@requires("own:profile:write")
@proved
def keep_key() -> Page:
    form, challenge = NewKeyForm(), session.pop(CHALLENGE, None)
    if not form.validate():
        return _key_page(form, 422)
    if not challenge or not _keep(form, challenge):
        flash(_("Cette clé n’a pas été reconnue, ou elle est déjà dans votre liste. Recommencez."), "danger")
        return _key_page(form, 422)
    return after_adding("passkey", _("La clé est ajoutée : elle vous sera demandée à la prochaine connexion."))


@blueprint.get("/<uuid:key_id>")
@requires("own:profile:write")
def name_key(key_id: UUID) -> str:
    key = next((key for key in my_overview().keys if key.id == str(key_id)), None) or abort(404)
    return render_template("accounts/factors/name_key.html", key=key, form=KeyNameForm(label=key.label))


@blueprint.post("/<uuid:key_id>/renommer")
@requires("own:profile:write")
def rename_key(key_id: UUID) -> Page:
    form = KeyNameForm()
    if not form.validate():
        key = next((key for key in my_overview().keys if key.id == str(key_id)), None) or abort(404)
        return render_template("accounts/factors/name_key.html", key=key, form=form), 422
    with shared_session() as database:
        renamed = passkeys.rename(database, current_user.id, str(key_id), _label(form))
    if not renamed:
        abort(404)
    flash(_("La clé est renommée."), "success")
    return redirect(url_for("own_factors.overview"))


@blueprint.post("/<uuid:key_id>/retirer")
@requires("own:profile:write")
@proved
def remove_key(key_id: UUID) -> Response:
    hours = current_settings().remember_hours
    with shared_session() as database:
        reason = why_not(hold_and_read(database, current_user.id, hours).removing_key)
        if reason is None:
            if not passkeys.remove(database, current_user.id, str(key_id)):
                abort(404)
            note_change(database, "remove", "passkey")
            after_removing(database)
    flash(reason or _("La clé est retirée."), "warning" if reason else "success")
    return redirect(url_for("own_factors.overview"))


def _key_page(form: NewKeyForm, status: int = 200) -> Page:
    party = _party()
    if party is None:
        flash(_("Les clés de sécurité demandent une adresse de site en https:// avec un nom."), "warning")
        return redirect(url_for("own_factors.overview"))
    with shared_session() as database:
        options, session[CHALLENGE] = passkeys.options_to_add(
            database, party, current_user.id, current_user.email, current_user.name
        )
    return render_template("accounts/factors/add_key.html", form=form, options=options), status


def _keep(form: NewKeyForm, challenge: str) -> bool:
    party = _party()
    if party is None:
        return False
    with shared_session() as database:
        kept = passkeys.add(database, party, current_user.id, challenge, form.answer.data or "", _label(form))
        if kept:
            note_change(database, "add", "passkey")
    return kept


def _label(form: KeyNameForm) -> str:
    return " ".join((form.label.data or "").replace("\0", "").split())


def _party() -> RelyingParty | None:
    return passkeys.relying_party(current_settings().base_url)
