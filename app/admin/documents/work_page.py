"""How far a long work is: a count and an end. The work goes on when this page is closed."""

from __future__ import annotations

from flask import Blueprint, abort, jsonify, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import requires
from app.tenants.bind import hospital_session
from app.works.works import Work, read_work

blueprint = Blueprint("console_works", __name__, url_prefix="/console/travaux")


@blueprint.get("/<uuid:work_id>")
@requires("hospital:document:read")
def show(work_id: object) -> str | Response:
    """As a page; as JSON for the script that follows it."""
    with hospital_session(current_user.hospital_code or abort(404)) as session:
        work = read_work(session, str(work_id)) or abort(404)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(progress(work))
    return render_template("admin/documents/work.html", work=work)


def progress(work: Work) -> dict[str, object]:
    return {"done": work.done, "total": work.total, "finished": work.finished_at is not None}


def address_of(work_id: str) -> str:
    return f"{blueprint.url_prefix}/{work_id}"
