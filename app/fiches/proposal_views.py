"""The proposals to answer: what the DPI emptied, the sites that it created, in the fiches of the current site."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.access import requires
from app.fiches import reading
from app.fiches.author import Author
from app.fiches.edit import EditRefused
from app.fiches.proposals import MOST_SHOWN, answer_proposal, take_back, waiting_proposals
from app.fiches.store import FicheNotFound
from app.fiches.wording import label_of
from app.sdm.definition import find_item
from app.tenants.bind import hospital_session

blueprint = Blueprint("proposals", __name__)
Change = Callable[[Session, str, Author], None]


@blueprint.get("/fiches/propositions")
@requires("hospital:fiche:read")
def list_proposals() -> str:
    with hospital_session(_hospital()) as session:
        lines = waiting_proposals(session, current_user.site_code)
        shown = sorted({line.fiche_id for line in lines})
        reading.record_list(session, actor=current_user.actor, fiche_ids=shown, route="proposals.list_proposals")
    return render_template("fiches/proposals.html", lines=lines, most=MOST_SHOWN, label=_label)


@blueprint.post("/fiches/<uuid:fiche_id>/propositions/<int:proposal_id>")
@requires("hospital:fiche:write")
def answer(fiche_id: object, proposal_id: int) -> Response:
    given = request.form.get("reponse", "")
    accepted = given in ("vider", "site-juste")

    def change(session: Session, fiche_id: str, by: Author) -> None:
        answer_proposal(session, fiche_id, proposal_id, accepted=accepted, by=by)

    return _changed(fiche_id, change, ANSWERED.get(given, ANSWERED["garder"]))


@blueprint.post("/fiches/<uuid:fiche_id>/prises-en-charge/<uuid:block_id>/retablir")
@requires("hospital:fiche:write")
def follow_again(fiche_id: object, block_id: object) -> Response:
    def change(session: Session, fiche_id: str, by: Author) -> None:
        take_back(session, fiche_id, str(block_id), by=by)

    return _changed(fiche_id, change, "La prise en charge est rétablie, telle que le DPI l’a décrite en dernier.")


ANSWERED = {
    "vider": "La valeur est vidée, comme dans le DPI.",
    "garder": "La valeur est gardée.",
    "site-juste": "C’est noté : ce patient est bien suivi par ce site.",
    "site-faux": "La prise en charge est écartée de la fiche ; elle se rétablit ici si besoin. Corriger aussi le DPI : "
    "un document qui redirait ce site ne la ferait pas revenir.",
}


def _changed(fiche_id: object, change: Change, told: str) -> Response:
    try:
        with hospital_session(_hospital()) as session:
            change(session, str(fiche_id), Author(current_user.id, current_user.email))
    except FicheNotFound:
        abort(404)
    except EditRefused as refusal:
        flash(str(refusal), "warning")
    else:
        flash(told, "success")
    return redirect(url_for("fiches.show", fiche_id=fiche_id))


def _label(block: str, item: str | None) -> str:
    return label_of(find_item(block, item), item) if item else ""


def _hospital() -> str:
    return current_user.hospital_code or abort(404)
