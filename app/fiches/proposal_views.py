"""The proposals to answer: what the DPI emptied, the sites that it created, in the fiches of the current site."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask_login import current_user

from app.access import requires
from app.fiches import reading
from app.fiches.proposals import MOST_SHOWN, waiting_proposals
from app.fiches.wording import label_of
from app.sdm.definition import find_item
from app.tenants.bind import hospital_session

blueprint = Blueprint("proposals", __name__)


@blueprint.get("/fiches/propositions")
@requires("hospital:fiche:read")
def list_proposals() -> str:
    with hospital_session(current_user.hospital_code or abort(404)) as session:
        lines = waiting_proposals(session, current_user.site_code)
        shown = sorted({line.fiche_id for line in lines})
        reading.record_list(session, actor=current_user.actor, fiche_ids=shown, route="proposals.list_proposals")
    return render_template("fiches/proposals.html", lines=lines, most=MOST_SHOWN, label=_label)


def _label(block: str, item: str | None) -> str:
    return label_of(find_item(block, item), item) if item else ""
