"""The codes that clinicians did not find: a referent follows those of their filière, the BNDMR all of them."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, request
from flask_admin import expose
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.access import requires
from app.admin.asked import Asked, Page
from app.admin.base import Console, back
from app.admin.ids import as_id
from app.admin.perimeter import Perimeter
from app.tenants.bind import shared_session
from app.terminology.missing_code_answers import LINES, Already, Answer, Kept, Line, NotThere, answer
from app.terminology.missing_codes import BadRequest

STATES = {"en-attente": ("open", "transmitted"), "repondues": ("answered", "refused")}


class MissingCodes(Console):
    reads = "filiere:missing_code:read"
    orders = ("attente", "libelle")
    choices = {"etat": {"en-attente": _l("En attente"), "repondues": _l("Répondues")}}  # noqa: RUF012
    list_template = "admin/missing_codes.html"

    @expose("/")
    @requires("filiere:missing_code:read")
    def index_view(self) -> str:
        return self.list_page()

    @expose("/repondre", methods=("POST",))
    @requires("filiere:missing_code:answer")
    def answer_view(self) -> Response:
        given = Answer(request.form.get("code_propose", "")[:60], request.form.get("commentaire", ""))
        try:
            with shared_session() as session:
                outcome = answer(
                    session, as_id(request.form.get("id")), given, filieres=self.perimeter.filieres, by=current_user.id
                )
        except BadRequest as refusal:
            flash(str(refusal), "warning")
            return back()
        _tell(outcome)
        return back()

    def page(self, session: Session, perimeter: Perimeter, asked: Asked) -> Page:
        way = "asc" if asked.order is None or not asked.descending else "desc"
        order = {"libelle": "r.proposed_label"}.get(asked.order or "", "r.requested_at")
        states = STATES.get(asked.choices.get("etat", ""), STATES["en-attente"])
        values = {"states": list(states), "pattern": asked.pattern, "id": None, **_within(perimeter), **asked.limits}
        statement = LINES + WHERE + f" order by {order} {way}, r.id limit :limit offset :offset"
        lines = [Line(*row) for row in session.execute(text(statement), values)]
        return Page(lines[0].found if lines else 0, list(lines))

    def one(self, session: Session, perimeter: Perimeter, row_id: str) -> Line | None:
        values = {"states": None, "pattern": None, "id": as_id(row_id), **_within(perimeter)}
        row: Any = session.execute(text(LINES + WHERE), values).one_or_none()
        return Line(*row) if row else None


def _within(perimeter: Perimeter) -> dict[str, Any]:
    """Nobody's filières are none; None is all of them."""
    return {"filieres": None if perimeter.filieres is None else sorted(perimeter.filieres)}


def _tell(outcome: Kept | NotThere | Already) -> None:
    match outcome:
        case NotThere():
            abort(404)
        case Already():
            flash(str(_l("Une réponse a déjà été donnée à cette demande.")), "warning")
        case Kept(state="answered"):
            flash(str(_l("Le code est transmis à la personne qui l’a demandé.")), "success")
        case Kept():
            flash(str(_l("La demande est refusée ; la personne lira pourquoi.")), "success")


WHERE = """
    where (cast(:filieres as text[]) is null or r.filiere = any(:filieres))
        and (cast(:states as text[]) is null or r.state = any(:states))
        and (cast(:id as uuid) is null or r.id = cast(:id as uuid))
        and (cast(:pattern as text) is null or lower(concat_ws(' ', r.proposed_label, r.comment, h.name)) like :pattern)
"""
