"""The history of a collection. Its forms are in app.forms.recueils; the page of the fiche shows the rest."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask_login import current_user

from app.access import requires
from app.definitions.published import in_force, published_recueils
from app.fiches import reading
from app.fiches.recueils.history import history
from app.fiches.recueils.right import why_not
from app.fiches.recueils.save import held_by
from app.fiches.shown.around import names_of
from app.fiches.store import FicheNotFound, StoredFiches
from app.recueils.definition import recueil_of
from app.tenants.bind import hospital_session

blueprint = Blueprint("recueils_read", __name__)


@blueprint.get("/fiches/<uuid:fiche_id>/recueils/<word>/historique")
@requires("hospital:fiche:read")
def show_history(fiche_id: object, word: str) -> str:
    known = recueil_of(word) or abort(404)
    recueil = published_recueils()[known.name]
    with hospital_session(current_user.hospital_code or abort(404)) as session:
        try:
            fiche = StoredFiches(session).read(str(fiche_id))
        except FicheNotFound:
            abort(404)
        reading.record_read(session, actor=current_user.actor, fiche_id=fiche.id, route="recueils_read.show_history")
        held = [one for one in held_by(session, fiche.id) if one.recueil == recueil.name]
        passages = history(session, recueil, held)
    return render_template(
        "fiches/recueils/history.html",
        fiche=fiche,
        recueil=recueil,
        passages=passages,
        names=names_of({one.by for one in passages if one.by}),
        now={one.id: one for one in held if in_force(recueil).block(one.block)},
        may_restore=current_user.can("hospital:recueil:write") and not why_not(recueil, current_user),
    )
