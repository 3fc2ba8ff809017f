"""Before and after the second step: what a right password leads to, and how a proved person comes in."""

from __future__ import annotations

from flask import flash, redirect, request, session, url_for
from flask_login import current_user
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import audit
from app.accounts.factors import known_browsers
from app.accounts.factors.one_time_code import TooManyCodes
from app.accounts.factors.send_code import send_code
from app.accounts.outside import awaiting
from app.accounts.second_step import sentences
from app.accounts.second_step.browser_cookie import keep_in_browser, token_of_browser
from app.accounts.second_step.step import WANTED, this_step, to_first_way
from app.accounts.sessions import way_back
from app.accounts.sessions.browsers import browser_name
from app.accounts.sessions.current import this_session
from app.config import current_settings
from app.tenants.bind import shared_session

REMEMBERED = "remembered"
"""In the session: the browser was recognised; the person proved nothing today but the password."""


def begin(account_id: str) -> Response:
    """After a right password: a known browser is in, any other one is asked for the strongest factor."""
    this_session().move_to("password", account_id=account_id)
    step = this_step()
    if step is None:  # the session ended in between
        return redirect(url_for("accounts.sign_in_page"))
    factor = _factor_remembered(account_id)
    if factor in step.ways:
        return arrive(str(factor), recognised=True)
    return send_mail_code() if step.ways[0] == "mail" else to_first_way(step)


def ask_for(at_least: str, page: str) -> Response:
    """Ask a person already in to prove this much, then open the page."""
    session[WANTED], session["next"] = at_least, page
    step = this_step()
    if step is None:
        return redirect(page)
    return send_mail_code() if step.ways[:1] == ("mail",) else to_first_way(step)


def send_mail_code(sentence: object = None) -> Response:
    now = this_session()
    try:
        send_code(current_settings().secret_key, now.account_id, now.id_hash)
    except TooManyCodes:
        flash(sentences.TOO_MANY_CODES, "danger")
    else:
        if sentence:
            flash(str(sentence), "info")
    return redirect(url_for("second_step.code"))


def arrive(factor: str, *, recognised: bool = False) -> Response:
    """In, with a new session id (C6), on the page asked for. `recognised`: by the browser's cookie alone."""
    if this_session().stage == "signed_in":
        return _prove_more(factor)
    account_id, page = str(this_session().account_id), way_back.take_page()
    session[REMEMBERED] = recognised
    session.pop(WANTED, None)
    with shared_session() as database:
        database.execute(_NOTE, {"id": account_id, "factor": factor})
        detail = {"factor": factor, "known_browser": recognised}
        audit.record_shared(database, actor=f"account:{account_id}", action="sign_in:accepted", detail=detail)
        if not recognised:
            _remember_browser(database, account_id, factor)
    awaiting.link_to(account_id, factor, proved_now=not recognised)
    this_session().move_to("signed_in", account_id=account_id, factor=factor)
    return redirect(page)


def refuse(account_id: str, way: str) -> None:
    """Note a wrong answer: no code, no address, only whose and which way."""
    with shared_session() as database:
        audit.record_shared(
            database, actor=f"account:{account_id}", action="sign_in:code_refused", detail={"factor": way}
        )


def proved_now() -> bool:
    """Did the person in prove their factor in this very session?"""
    return not session.get(REMEMBERED, False)


def raise_factor(factor: str) -> None:
    """The present session proved more: a new id, the same person at the same place, no older and no younger."""
    this_session().move_to(
        "signed_in",
        account_id=current_user.id,
        hospital=current_user.hospital_code,
        site=current_user.site_code,
        factor=factor,
        keeps_age=True,
    )


def _prove_more(factor: str) -> Response:
    account_id, page = str(this_session().account_id), way_back.take_page()
    session[REMEMBERED] = False
    session.pop(WANTED, None)
    with shared_session() as database:
        audit.record_shared(
            database, actor=f"account:{account_id}", action="sign_in:proved_more", detail={"factor": factor}
        )
        _remember_browser(database, account_id, factor)
    raise_factor(factor)
    flash(str(sentences.PROVED), "success")
    return redirect(page)


def _factor_remembered(account_id: str) -> str | None:
    token, hours = token_of_browser(), current_settings().remember_hours
    if not token or not hours:
        return None
    with shared_session() as database:
        return known_browsers.factor_passed(database, token, account_id, hours)


def _remember_browser(database: Session, account_id: str, factor: str) -> None:
    if not current_settings().remember_hours or factor not in known_browsers.FACTORS:
        return
    name = browser_name(request.user_agent.string)
    keep_in_browser(known_browsers.remember(database, token_of_browser(), account_id, factor, name))


_NOTE = text("update control.account set last_sign_in_at = now(), last_factor = :factor where id = :id")
