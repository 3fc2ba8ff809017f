"""One document: its report, the lines of XML it points at, what it changed, what was answered.

Identities and values are masked. Revealing them is a POST whose answer is the page itself: it lasts for that page only,
and the hospital's journal keeps who asked."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask_login import current_user

from app import audit
from app.access import requires
from app.cda.watch.opened import Opened, open_document
from app.clock import new_id
from app.tenants.bind import hospital_session

blueprint = Blueprint("console_document", __name__, url_prefix="/console/documents/<uuid:document_id>")


@blueprint.get("")
@requires("hospital:document:read")
def show(document_id: object) -> str:
    with hospital_session(_hospital()) as session:
        opened = open_document(session, str(document_id)) or abort(404)
    return _page(opened)


@blueprint.post("/reveler")
@requires("hospital:document:reveal")
def reveal(document_id: object) -> str:
    with hospital_session(_hospital()) as session:
        opened = open_document(session, str(document_id), revealed=True) or abort(404)
        audit.record(
            session,
            actor=current_user.actor,
            action="document.reveal",
            fiche_id=opened.row["fiche_id"],
            document_id=opened.row["id"],
        )
    return _page(opened)


def _page(opened: Opened) -> str:
    """`asked_as` makes of a button pressed twice one replay."""
    return render_template("admin/documents/document.html", opened=opened, asked_as=new_id())


def _hospital() -> str:
    return current_user.hospital_code or abort(404)
