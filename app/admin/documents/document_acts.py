"""What is done with received documents: replayed, one or many; taken away as they came."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as Answer

from app import audit
from app.access import requires
from app.admin.base import back
from app.admin.documents.work_page import address_of
from app.admin.ids import ids_in, once
from app.cda.watch import listing
from app.cda.watch.opened import original_of
from app.cda.watch.replay import NoSuchDocument, replay, replay_some
from app.cda.watch.sought import sought
from app.tenants.bind import hospital_session
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital
from app.works import jobs
from app.works.works import Work, open_work

blueprint = Blueprint("document_acts", __name__, url_prefix="/console/documents")
REPLAY = "replay"
AT_ONCE = 20
"""Documents of one piece: what is done again when a worker dies in the middle is not received twice."""


@blueprint.post("/<uuid:document_id>/rejouer")
@requires("hospital:document:replay")
def replay_one(document_id: object) -> Answer:
    asked_as = once(request.form.get("asked_as"))
    try:
        received = replay(find_hospital(_hospital()), str(document_id), channel=current_user.actor, asked_as=asked_as)
    except NoSuchDocument:
        abort(404)
    flash(_("Le document est reçu de nouveau. Voici cette nouvelle réception."), "success")
    return redirect(_address(received.document_id))


@blueprint.post("/rejouer")
@requires("hospital:document:replay")
def replay_many() -> Answer:
    """Those ticked, or all those that the filters hold. The work has the id that the page gave it: pressed twice, it is
    one work."""
    work_id = once(request.form.get("asked_as"))
    with hospital_session(_hospital()) as session:
        if request.form.get("portee") == "filtre":
            chosen = listing.ids_of(session, sought(request.form))
        else:
            chosen = listing.known_among(session, ids_in(request.form.getlist("rowid"))[: listing.PAGE])
        if chosen:
            by = current_user.actor
            open_work(session, REPLAY, total=len(chosen), items=chosen, by=by, work_id=work_id)
            audit.record(session, actor=by, action="document.replay", detail={"documents": len(chosen)})
    if not chosen:
        flash(_("Aucun document n’est coché. Cocher ceux à rejouer, puis recommencer."), "warning")
        return back()
    jobs.ring(_hospital(), work_id)
    return redirect(address_of(work_id))


@blueprint.post("/<uuid:document_id>/original")
@requires("hospital:document:download")
def download(document_id: object) -> Response:
    """As it came, octet for octet; never opened by the browser."""
    with hospital_session(_hospital()) as session:
        original = original_of(session, str(document_id)) or abort(404)
        audit.record(
            session,
            actor=current_user.actor,
            action="document.download",
            fiche_id=original.fiche_id,
            document_id=original.document_id,
        )
    answer = Response(original.body, mimetype="application/octet-stream")
    kind = "zip" if original.body.startswith(b"PK") else "xml"
    answer.headers.set("Content-Disposition", "attachment", filename=f"document-{original.document_id}.{kind}")
    return answer


def replay_piece(hospital: Hospital, work: Work) -> int:
    """The runner of « replay »."""
    piece = work.items[work.done : work.done + AT_ONCE]
    return work.done + replay_some(hospital, piece, channel=work.created_by, asked_as=work.id)


def _address(document_id: str) -> str:
    return f"{blueprint.url_prefix}/{document_id}"


def _hospital() -> str:
    return current_user.hospital_code or abort(404)
