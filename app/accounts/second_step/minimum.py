"""A hospital that demands more than the session passed: nothing of it opens before (trap 14)."""

from __future__ import annotations

from flask import Flask, current_app, redirect, request, url_for
from flask_login import current_user
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import audit
from app.access import access_of
from app.accounts.factors.strength import MINIMUMS, suffices
from app.accounts.permissions import PUBLIC
from app.accounts.sessions import way_back

LEADS_ON = ("second_step", "own_factors", "own_keys", "sessions")
"""Blueprints that open all the same: where the factor is added or proved, where one stays or goes to another site."""


def init_app(app: Flask) -> None:
    app.before_request(demand_factor)


def demand_factor() -> Response | None:
    """Before every page of a hospital. Going to another site stays possible."""
    if request.endpoint is None or request.blueprint in LEADS_ON:
        return None
    if access_of(current_app, request.endpoint) == PUBLIC or not current_user.is_authenticated:
        return None
    place = current_user.place
    if place is None or suffices(current_user.factor, place.minimum_factor):
        return None
    way_back.keep_page()
    return redirect(url_for("second_step.demanded"))


def set_minimum_factor(session: Session, hospital_id: str, minimum: str, *, by: str) -> None:
    """What the hospital demands from the next page on. `by`: the actor, "account:<id>". Raises ValueError."""
    if minimum not in MINIMUMS:
        raise ValueError(minimum)
    session.execute(_SET, {"hospital": hospital_id, "minimum": minimum})
    audit.record_shared(
        session, actor=by, action="hospital:minimum_factor", hospital_id=hospital_id, detail={"minimum": minimum}
    )


_SET = text("update control.hospital set minimum_factor = :minimum where id = :hospital")
