"""How long the session lasts, staying, changing site."""

from __future__ import annotations

from flask import Blueprint, abort, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from app.access import public, requires
from app.accounts.sessions import rows, site_switch, way_back
from app.accounts.sessions.current import this_session
from app.accounts.sessions.time_left import NOTHING_LEFT, TimeLeft
from app.tenants.bind import shared_session

blueprint = Blueprint("sessions", __name__)


@blueprint.get("/session/reste")
@public
def how_long() -> Response:
    """Asked by the pages themselves: it prolongs nothing. Nobody signed in: nothing is left."""
    return _told(this_session().time_left())


@blueprint.post("/session/prolonger")
@requires("own:home:read")
def stay() -> Response:
    with shared_session() as database:
        rows.note_use(database, this_session().id_hash)
        return _told(this_session().time_left(used=True))


@blueprint.post("/site")
@requires("own:site:switch")
def switch_site() -> Response:
    place = site_switch.switch_to(request.form.get("place", ""))
    if place is None:
        abort(404)
    flash(_("Vous travaillez maintenant pour %(site)s.", site=place.label), "success")
    return redirect(url_for(way_back.HOME))


def _told(left: TimeLeft) -> Response:
    """With the token of the present session: the page may be older than it."""
    token = generate_csrf() if left != NOTHING_LEFT else ""
    return jsonify(seconds=left.seconds, can_stay=left.can_stay, csrf_token=token)
