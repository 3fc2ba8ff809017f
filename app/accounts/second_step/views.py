"""The second step: the strongest factor first, the others one click away."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.access import public, requires
from app.accounts.factors import authenticator_app, passkeys, recovery_codes
from app.accounts.factors.enrolled import read_enrolled
from app.accounts.factors.strength import Way, suffices, ways_reaching
from app.accounts.second_step import arrival, mail_code, sentences, tries
from app.accounts.second_step.forms import AppCodeForm, CodeForm, KeyForm, RecoveryCodeForm
from app.accounts.second_step.step import PAGES, Step, at, to_first_way
from app.accounts.sessions import way_back
from app.accounts.sessions.current import this_session
from app.config import current_settings
from app.tenants.bind import shared_session

blueprint = Blueprint("second_step", __name__)
Page = str | Response | tuple[str, int]
Accept = Callable[[Session, str, str, str], bool]
CHALLENGE = "passkey_challenge"


@blueprint.get("/connexion/code")
@public
@at("mail")
def code(step: Step) -> Page:
    if step.ways[0] != "mail" and mail_code.departure(this_session().id_hash) is None:
        return to_first_way(step)
    return _page("mail", CodeForm(), step)


@blueprint.post("/connexion/code")
@public
@at("mail")
def check_code(step: Step) -> Page:
    form = CodeForm()
    if not form.validate():
        return _page("mail", form, step), 422
    if mail_code.check_code(current_settings().secret_key, this_session().id_hash, form.code.data or ""):
        return arrival.arrive("mail")
    return _refuse("mail", form, step, sentences.WRONG_CODE)


@blueprint.get("/connexion/code/depart")
@public
@at("mail")
def departure(step: Step) -> Page:
    """Asked again by the page as long as the letter has not left."""
    return render_template(
        "accounts/second_step/_departure.html", departure=mail_code.departure(this_session().id_hash)
    )


@blueprint.post("/connexion/code/nouveau")
@public
@at("mail")
def new_code(step: Step) -> Response:
    return arrival.send_mail_code(sentences.NEW_CODE)


@blueprint.get("/connexion/application")
@public
@at("app")
def app(step: Step) -> Page:
    return _page("app", AppCodeForm(), step)


@blueprint.post("/connexion/application")
@public
@at("app")
def check_app(step: Step) -> Page:
    return _check("app", AppCodeForm(), step, authenticator_app.accept, sentences.WRONG_APP_CODE)


@blueprint.get("/connexion/secours")
@public
@at("recovery")
def recovery(step: Step) -> Page:
    return _page("recovery", RecoveryCodeForm(), step)


@blueprint.post("/connexion/secours")
@public
@at("recovery")
def check_recovery(step: Step) -> Page:
    return _check("recovery", RecoveryCodeForm(), step, recovery_codes.accept, sentences.WRONG_RECOVERY_CODE)


@blueprint.get("/connexion/cle")
@public
@at("passkey")
def passkey(step: Step) -> Page:
    return _key_page(step, KeyForm())


@blueprint.post("/connexion/cle")
@public
@at("passkey")
def check_passkey(step: Step) -> Page:
    form, challenge, party = (
        KeyForm(),
        session.pop(CHALLENGE, None),
        passkeys.relying_party(current_settings().base_url),
    )
    if party and challenge and form.validate():
        with shared_session() as database:
            if passkeys.accept(database, party, step.account_id, challenge, form.answer.data or ""):
                return arrival.arrive("passkey")
    arrival.refuse(step.account_id, "passkey")
    flash(str(sentences.WRONG_KEY), "danger")
    return _key_page(step, form, 422)


@blueprint.get("/connexion/renforcer")
@requires("own:profile:read")
def demanded() -> Page:
    """What the hospital of the present place demands, and how to give it."""
    place = current_user.place
    if place is None or suffices(current_user.factor, place.minimum_factor):
        return redirect(way_back.take_page())
    with shared_session() as database:
        enrolled = read_enrolled(database, current_user.id)
    return render_template(
        "accounts/second_step/demanded.html",
        can_prove=bool(ways_reaching(enrolled, place.minimum_factor)),
        demand=sentences.DEMANDS[place.minimum_factor],
    )


@blueprint.post("/connexion/renforcer")
@requires("own:profile:read")
def prove_more() -> Response:
    place = current_user.place
    return arrival.ask_for(place.minimum_factor if place else "mail", way_back.take_page())


def _check(way: Way, form: AppCodeForm | RecoveryCodeForm, step: Step, accept: Accept, wrong: object) -> Page:
    """A code that lives long: the guess is counted before it is read (C2)."""
    if not form.validate():
        return _page(way, form, step), 422
    if not tries.take_try(step.account_id):
        return _refuse(way, form, step, sentences.TOO_MANY_TRIES)
    with shared_session() as database:
        right = accept(database, current_settings().secret_key, step.account_id, form.code.data or "")
    if not right:
        return _refuse(way, form, step, wrong)
    tries.forget_tries(step.account_id)
    if way == "recovery":
        flash(str(sentences.codes_left(step.enrolled.recovery_codes - 1)), "warning")
    return arrival.arrive(way)


def _key_page(step: Step, form: KeyForm, status: int = 200) -> Page:
    party = passkeys.relying_party(current_settings().base_url)
    if party is None:  # the address of the site lost its name
        return redirect(url_for("accounts.sign_in_page"))
    with shared_session() as database:
        options, session[CHALLENGE] = passkeys.options_to_prove(database, party, step.account_id)
    return _page("passkey", form, step, options=options), status


def _page(way: Way, form: object, step: Step, **more: object) -> str:
    return render_template(
        f"accounts/second_step/{way}.html",
        form=form,
        step=step,
        others=step.others(way),
        pages=PAGES,
        names=sentences.WAYS,
        departure=mail_code.departure(this_session().id_hash) if way == "mail" else None,
        **more,
    )


def _refuse(way: Way, form: CodeForm | AppCodeForm | RecoveryCodeForm, step: Step, sentence: object) -> Page:
    arrival.refuse(step.account_id, way)
    form.code.errors, form.code.data = [sentence], None
    return _page(way, form, step), 422
