"""The screens of identity alerts: the list, one of them explained, « ce sont deux personnes »."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.access import requires
from app.fiches import reading
from app.fiches.author import Author
from app.fiches.record import Fiche
from app.fiches.rows import read_fiche
from app.fiches.shown.around import names_of
from app.fiches.store import StoredFiches
from app.identity.alerts.explained import explain
from app.identity.alerts.pages import OUTCOMES, ShownAlert, one_alert, page_of
from app.identity.alerts.states import AlertNotFound, dismiss
from app.row_numbers import row_number
from app.tenants.bind import hospital_session

blueprint = Blueprint("identity", __name__)


@blueprint.get("/identites")
@requires("hospital:fiche:read")
def alerts() -> str:
    """The open ones, or those that were closed."""
    state, after = request.args.get("etat"), request.args.get("apres", type=row_number)
    if state not in (None, "closes"):
        abort(404)
    with hospital_session(hospital()) as session:
        page = page_of(session, is_open=state is None, after=after)
        trace(session, [one.id for alert in page.alerts for one in alert.fiches])
    names = names_of({alert.closed_by for alert in page.alerts if alert.closed_by})
    return render_template("identity/alerts.html", page=page, state=state, after=after, names=names, outcomes=OUTCOMES)


@blueprint.get("/identites/<int:alert_id>")
@requires("hospital:fiche:read")
def show_alert(alert_id: int) -> str:
    with hospital_session(hospital()) as session:
        alert = one_alert(session, alert_id) or abort(404)
        fiches = [_stored(session, one.id) for one in alert.fiches]
        trace(session, [fiche.id for fiche in fiches])
    explained = explain(*fiches) if len(fiches) == 2 else None
    names = names_of({alert.closed_by} if alert.closed_by else ())
    return render_template(
        "identity/alert.html",
        alert=alert,
        explained=explained,
        mergeable=_mergeable(alert, fiches),
        names=names,
        outcomes=OUTCOMES,
    )


@blueprint.post("/identites/<int:alert_id>/deux-personnes")
@requires("hospital:fiche:merge")
def two_people(alert_id: int) -> Response:
    try:
        with hospital_session(hospital()) as session:
            dismiss(session, alert_id, author())
    except AlertNotFound:
        abort(404)
    flash("C’est noté : ces fiches ne seront plus proposées comme un doublon.", "success")
    return redirect(url_for("identity.alerts"))


def hospital() -> str:
    return current_user.hospital_code or abort(404)


def author() -> Author:
    return Author(current_user.id, current_user.email)


def trace(session: Session, fiche_ids: list[str]) -> None:
    """D2: the page names them."""
    if fiche_ids:
        reading.record_list(session, actor=current_user.actor, fiche_ids=fiche_ids, route=request.endpoint or "")


def _stored(session: Session, fiche_id: str) -> Fiche:
    """As it is, merged or not."""
    return read_fiche(StoredFiches(session).row(fiche_id))


def _mergeable(alert: ShownAlert, fiches: list[Fiche]) -> bool:
    return alert.closed_at is None and len(fiches) == 2 and not any(fiche.merged_into for fiche in fiches)
