"""Upload: files dropped in the console, each received as by any channel, then followed to its final state."""

from __future__ import annotations

from flask import Blueprint, abort, flash, jsonify, render_template, request
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from app.access import requires
from app.admin.base import Page
from app.admin.documents.dropped import files_of, read
from app.admin.ids import once
from app.cda.channels.upload import MOST_FILES, followed, is_over, receive_files
from app.cda.unwrap.limits import Limits
from app.cda.watch.opened import reason
from app.clock import new_id
from app.tenants.bind import hospital_session
from app.tenants.directory import find_hospital

SENDS = "hospital:document:send"
blueprint = Blueprint("console_drop", __name__, url_prefix="/console/depot")


class Upload(Page):
    reads, at_a_place = SENDS, True

    @expose("/")
    @requires(SENDS)
    def index(self) -> str:
        return self.render("admin/documents/upload.html", drop_id=new_id(), most=MOST_FILES, limits=Limits())


@blueprint.post("/fichiers")
@requires(SENDS)
def receive() -> Response:
    """Durable before the answer: what the next page shows has been kept."""
    drop_id, files = once(request.form.get("asked_as")), files_of(request.files.getlist("fichiers"))
    if not files:
        flash(_("Aucun fichier n’est choisi. En choisir un, puis recommencer."), "warning")
        return redirect("/console/depot/")
    hospital = find_hospital(_hospital())
    too_large = receive_files(hospital, list(map(read, files)), channel=current_user.actor, drop_id=drop_id)
    if too_large:
        said = ngettext(
            "Un fichier dépasse la taille admise : il n’est pas reçu.",
            "%(num)s fichiers dépassent la taille admise : ils ne sont pas reçus.",
            len(too_large),
        )
        flash(said, "warning")
    kept = len(too_large) < len(files)
    return redirect(f"{blueprint.url_prefix}/{drop_id if kept else ''}")


@blueprint.get("/<uuid:drop_id>")
@requires(SENDS)
def follow(drop_id: object) -> str | Response:
    """As a page; as JSON for the script that follows it."""
    with hospital_session(_hospital()) as session:
        drop = followed(session, str(drop_id)) or abort(404)
    documents = [one for _reception, inside in drop for one in inside]
    waiting = sum(one["state"] == "pending" for one in documents)
    if request.accept_mimetypes.best == "application/json":
        return jsonify({"done": len(documents) - waiting, "total": len(documents), "finished": is_over(drop)})
    here = {"drop": drop, "over": is_over(drop), "done": len(documents) - waiting, "total": len(documents)}
    return render_template("admin/documents/dropped.html", reason=reason, **here)


def _hospital() -> str:
    return current_user.hospital_code or abort(404)
