"""What is done to an account: each act asks its rule, says what happened, and goes back to the list."""

from __future__ import annotations

from flask import Blueprint, abort, flash, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import requires
from app.accounts.approval import decide
from app.accounts.approval import roles as approval_roles
from app.accounts.approval import sites as approval_sites
from app.accounts.approval.decide import Done, NotThere, Outcome
from app.accounts.approval.rules import Decider, HeldRole, Refused
from app.accounts.approval.sentences import DONE, sentence
from app.accounts.approval.states import Act
from app.accounts.approval.subject import decider_of
from app.accounts.links.one_use import TooManyLinks
from app.admin.account_page import account_page
from app.admin.acts_forms import RefusalForm, RoleForm
from app.admin.base import back

blueprint = Blueprint("acts", __name__, url_prefix="/console/comptes/<uuid:account_id>")
Page = Response | tuple[str, int]


@blueprint.post("/accepter")
@requires("hospital:account:decide")
def approve(account_id: object) -> Page:
    return _told(Act.APPROVE, decide.approve(_by(), str(account_id)))


@blueprint.post("/refuser")
@requires("hospital:account:decide")
def refuse(account_id: object) -> Page:
    form = RefusalForm()
    if not form.validate():
        return account_page(str(account_id), refusal=form), 422
    return _told(Act.REFUSE, decide.refuse(_by(), str(account_id), form.reason.data or ""))


@blueprint.post("/renvoyer")
@requires("hospital:account:decide")
def resend(account_id: object) -> Page:
    try:
        outcome = decide.resend_confirmation(_by(), str(account_id))
    except TooManyLinks:
        flash(_("Ce courriel vient d’être envoyé plusieurs fois. Patienter une heure, puis recommencer."), "warning")
        return back()
    return _told(Act.RESEND, outcome)


@blueprint.post("/sites")
@requires("hospital:account:change")
def sites(account_id: object) -> Page:
    wanted = {(hospital, site) for hospital, _colon, site in (one.partition(":") for one in _chosen("sites"))}
    return _told(Act.CHANGE_SITES, approval_sites.change_sites(_by(), str(account_id), wanted))


@blueprint.post("/suspendre")
@requires("hospital:account:change")
def suspend(account_id: object) -> Page:
    return _told(Act.SUSPEND, decide.suspend(_by(), str(account_id)))


@blueprint.post("/reactiver")
@requires("hospital:account:change")
def reactivate(account_id: object) -> Page:
    return _told(Act.REACTIVATE, decide.reactivate(_by(), str(account_id)))


@blueprint.post("/deverrouiller")
@requires("hospital:account:change")
def unlock(account_id: object) -> Page:
    return _told(Act.UNLOCK, decide.unlock(_by(), str(account_id)))


@blueprint.post("/effacer-les-moyens")
@requires("hospital:account:change")
def reset_factors(account_id: object) -> Page:
    return _told(Act.RESET_FACTORS, decide.reset_factors(_by(), str(account_id)))


@blueprint.post("/roles")
@requires("nation:role:grant")
def grant(account_id: object) -> Page:
    form = RoleForm()
    if not form.validate():
        return account_page(str(account_id), role=form), 422
    return _told(Act.GRANT_ROLE, approval_roles.grant_role(_by(), str(account_id), form.held))


@blueprint.post("/roles/retirer")
@requires("nation:role:grant")
def withdraw(account_id: object) -> Page:
    role, hospital, filiere = [*request.form.get("held", "").split(":"), "", ""][:3]
    held = HeldRole(role, hospital or None, filiere or None)
    return _told(Act.WITHDRAW_ROLE, approval_roles.withdraw_role(_by(), str(account_id), held))


def _by() -> Decider:
    return decider_of(current_user)


def _chosen(name: str) -> list[str]:
    return [given.replace("\0", "") for given in request.form.getlist(name)][:500]


def _told(act: Act, outcome: Outcome) -> Response:
    match outcome:
        case Done():
            flash(str(DONE[act]), "success")
        case Refused(reason):
            flash(sentence(reason), "warning")
        case NotThere():
            abort(404)
    return back()
