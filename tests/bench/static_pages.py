"""The floor of a screen: the same guard, session, hospital and trace of the reading, and a page made beforehand.

Registered beside the product's own pages by the benchmark alone: `tests.bench.static_pages:app`.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, flash
from flask_login import current_user
from sqlalchemy import text

from app import audit
from app.access import requires
from app.fiches import reading
from app.tenants.bind import hospital_session
from wsgi import app

TOUCH = text("update fiche set draft = draft where id = cast(:fiche_id as uuid)")
FILLING = "<p>Toujours la même page.</p>\n"

blueprint = Blueprint("bench", __name__, url_prefix="/bench")


@blueprint.get("/fiche/<uuid:fiche_id>/<int:octets>")
@requires("hospital:fiche:read")
def fiche(fiche_id: object, octets: int) -> Response:
    with hospital_session(current_user.hospital_code) as session:
        reading.record_read(session, actor=current_user.actor, fiche_id=str(fiche_id), route="bench.fiche")
    return _page(octets)


@blueprint.post("/fiche/<uuid:fiche_id>/<int:octets>")
@requires("hospital:fiche:write")
def save(fiche_id: object, octets: int) -> Response:
    """The least that a save can be: the one row written, its trace, the message that the session carries to the next
    page. Without the write and the message it was the floor of a reading."""
    with hospital_session(current_user.hospital_code) as session:
        session.execute(TOUCH, {"fiche_id": str(fiche_id)})
        audit.record(session, actor=current_user.actor, action="fiche.save", fiche_id=str(fiche_id))
    flash("Enregistré.", "success")
    return Response(bytes(octets), 302, {"Location": "/"})


@blueprint.get("/liste/<uuid:fiche_id>/<int:lines>/<int:octets>")
@requires("hospital:fiche:read")
def fiches(fiche_id: object, lines: int, octets: int) -> Response:
    with hospital_session(current_user.hospital_code) as session:
        reading.record_list(session, actor=current_user.actor, fiche_ids=[str(fiche_id)] * lines, route="bench.list")
    return _page(octets)


def _page(octets: int) -> Response:
    pages = current_app.extensions.setdefault("bench", {})
    if octets not in pages:
        pages[octets] = (FILLING * (octets // len(FILLING) + 1)).encode()[:octets]
    return Response(pages[octets])


app.register_blueprint(blueprint)
