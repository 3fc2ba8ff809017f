"""The pages that open a fiche, and the warning that there may be one already."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session

from app.access import requires
from app.fiches import reading
from app.fiches.find import Listed
from app.fiches.search.find import search
from app.forms.answer import DRAFT, answered, answered_already, aside, asks_aside
from app.forms.create import Mother, fetus_sheet, mother_of, patient_sheet, save_fetus, save_patient
from app.forms.desk import Desk, at_desk
from app.forms.duplicates import traits_in, who_may_be
from app.forms.edit import Kept, Refused
from app.forms.sent_twice import Already
from app.forms.sheet import Sheet
from app.forms.views import Page

blueprint = Blueprint("new_fiches", __name__)


@blueprint.get("/fiches/nouvelle")
@requires("hospital:fiche:write")
def new_fiche() -> Page:
    with at_desk() as desk:
        if not _is_fetus():
            return _drawn(patient_sheet(desk, None))
        mother = _mother(desk)
        return _drawn(fetus_sheet(desk, mother, None), mother, _mothers(desk))


@blueprint.post("/fiches/nouvelle")
@requires("hospital:fiche:write")
def create_fiche() -> Page:
    draft = request.form.get("que") == DRAFT
    with at_desk() as desk:
        mother = _mother(desk) if _is_fetus() else None
        sheet = fetus_sheet(desk, mother, request.form) if _is_fetus() else patient_sheet(desk, request.form)
        if asks_aside():
            return aside(desk, sheet)
        outcome = (
            save_fetus(desk, mother, sheet, draft=draft) if _is_fetus() else save_patient(desk, sheet, draft=draft)
        )
        match outcome:
            case Refused():
                return _drawn(sheet, mother), 422
            case Kept():
                return answered(outcome)
            case Already():
                return answered_already(outcome)


@blueprint.get("/fiches/doublons")
@requires("hospital:fiche:write")
def duplicates() -> str:
    with at_desk() as desk:
        found = who_may_be(desk, traits_in(request.args.get("q", "")))
    return render_template("forms/_duplicates.html", found=found)


def _drawn(sheet: Sheet, mother: Mother | None = None, mothers: list[Listed] | None = None) -> str:
    sheet.dress()
    return render_template("forms/new.html", sheet=sheet, fetus=_is_fetus(), mother=mother, mothers=mothers)


def _is_fetus() -> bool:
    return request.args.get("type", request.form.get("type")) == "foetus"


def _mother(desk: Desk) -> Mother | None:
    return mother_of(desk, request.args.get("mere"), request.args.get("grossesse"))


def _mothers(desk: Desk) -> list[Listed] | None:
    """Who answers the search of the mother; None when nobody was searched."""
    asked = request.args.get("q", "")[:200].replace("\0", " ").strip()
    return _searched(desk.session, asked, f"account:{desk.by.id}") if asked else None


def _searched(session: Session, asked: str, actor: str) -> list[Listed]:
    found = [line for line in search(session, asked) if line.kind == "born" and line.sex != "M"]
    if found:
        ids = [line.id for line in found]
        reading.record_list(session, actor=actor, fiche_ids=ids, route=request.endpoint or "")
    return found
