"""The pages of one's own account: who one is, one's password, one's language."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import public, requires
from app.accounts.people import PROFESSIONS
from app.accounts.profile import identity, password, sentences
from app.accounts.profile.forms import IdentityForm, OwnPasswordForm
from app.accounts.sessions import way_back
from app.accounts.sessions.current import this_session
from app.accounts.sign_in import steps
from app.accounts.sign_in.password_rule import PATTERNS
from app.accounts.sign_in.sentences import LOCKED, ONE_LEFT, PASSWORD_RULES
from app.config import current_settings
from app.languages import LANGUAGES
from app.tenants.bind import shared_session

blueprint = Blueprint("profile", __name__)
Page = str | Response | tuple[str, int]


@blueprint.get("/profil")
@requires("own:profile:read")
def profile() -> Page:
    with shared_session() as database:
        mine = identity.read_identity(database, current_user.id)
    return _profile_page(IdentityForm(data=mine))


@blueprint.post("/profil")
@requires("own:profile:write")
def change_identity() -> Page:
    form = IdentityForm()
    if not form.validate() or not form.keeps_the_rules():
        return _profile_page(form), 422
    with shared_session() as database:
        changed = identity.change_identity(database, current_user.id, form.typed)
    flash(sentences.IDENTITY_KEPT if changed else sentences.NOTHING_CHANGED, "success" if changed else "info")
    return redirect(url_for("profile.profile"))


@blueprint.get("/profil/mot-de-passe")
@requires("own:profile:write")
def password_page() -> Page:
    return _password_page(OwnPasswordForm())


@blueprint.post("/profil/mot-de-passe")
@requires("own:profile:write")
def change_password() -> Page:
    form = OwnPasswordForm()
    if not form.validate() or not _knows_former_one(form):
        return _password_page(form), 422
    this_session().renew()
    password.change_password(current_user, form.password.data or "", here=this_session().id_hash)
    flash(sentences.PASSWORD_CHANGED, "success")
    return redirect(url_for("profile.profile"))


@blueprint.post("/langue")
@public
def choose_language() -> Response:
    """For this browser at once; for the account of who is signed in, hence for its letters."""
    language = request.form.get("language")
    if language not in LANGUAGES:
        abort(400)
    session["language"] = language
    if current_user.is_authenticated:
        with shared_session() as database:
            identity.choose_language(database, current_user.id, language)
    return redirect(way_back.page_shown())


def _knows_former_one(form: OwnPasswordForm) -> bool:
    """Counted as any try of the address: a session left open does not let a stranger guess."""
    match steps.check_password(current_settings().secret_key, current_user.email, form.current.data or ""):
        case steps.Accepted():
            return True
        case steps.Locked():
            form.current.errors = [LOCKED]
        case steps.Refused(one_try_left):
            form.current.errors = [
                f"{sentences.WRONG_PASSWORD} {ONE_LEFT}" if one_try_left else sentences.WRONG_PASSWORD
            ]
    return False


def _profile_page(form: IdentityForm) -> str:
    with shared_session() as database:
        mine = identity.read_identity(database, current_user.id)
    return render_template(
        "accounts/profile/profile.html", form=form, mine=mine, professions=PROFESSIONS, roles=sentences.ROLES
    )


def _password_page(form: OwnPasswordForm) -> str:
    return render_template("accounts/profile/password.html", form=form, patterns=PATTERNS, rules=PASSWORD_RULES)
