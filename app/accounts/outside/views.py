"""To the identity provider and back."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import public
from app.accounts.outside import awaiting, identities
from app.accounts.outside.provider import Identity, ProviderFailed, identity_brought_back, is_configured
from app.accounts.outside.provider import leave_for_provider as leave
from app.accounts.second_step import arrival
from app.accounts.sessions.current import this_session
from app.accounts.sign_in import sentences
from app.config import current_settings
from app.tenants.bind import shared_session

blueprint = Blueprint("outside", __name__)


@blueprint.get("/connexion/fournisseur")
@public
def leave_for_provider() -> Response:
    """Only leaves: nothing here changes before the provider's answer."""
    if not is_configured():
        abort(404)
    try:
        return leave()
    except ProviderFailed:
        return _failed()


@blueprint.get("/connexion/fournisseur/retour")
@public
def come_back() -> Response:
    if not is_configured():
        abort(404)
    try:
        identity = identity_brought_back()
    except ProviderFailed:
        return _failed()
    if current_user.is_authenticated:
        awaiting.wait(identity)  # the profile asks: the browser may be led here without the person
        return _back()
    return _come_in(identity)


@blueprint.post("/connexion/fournisseur/oublier")
@public
def give_up() -> Response:
    awaiting.give_up()
    return _back()


def _come_in(identity: Identity) -> Response:
    with shared_session() as database:
        account = identities.account_of(database, identity)
    if account is None:
        awaiting.wait(identity)
        return redirect(url_for("accounts.sign_in_page"))
    awaiting.give_up()  # the one that waits is somebody else's: it must not be linked to this account
    if account.state == "active":
        this_session().move_to("password", account_id=account.id)
        return arrival.arrive("outside")
    flash(sentences.NOT_OPEN[account.state], "danger")
    return redirect(url_for("accounts.sign_in_page"))


def _failed() -> Response:
    label = current_settings().oidc_label
    sentence = _("%(provider)s ne répond pas, ou n’a pas confirmé votre identité.", provider=label)
    flash(f"{sentence} {_('Utilisez votre adresse et votre mot de passe.')}", "warning")
    return _back()


def _back() -> Response:
    """Where the provider was asked from."""
    return redirect(url_for("own_factors.overview" if current_user.is_authenticated else "accounts.sign_in_page"))
