"""The pages that fill a complementary collection."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from app.access import requires
from app.fiches.recueils.labels import item_of
from app.forms import drafts
from app.forms.answer import aside, asks_aside
from app.forms.clash import clash_page
from app.forms.desk import Desk, at_desk
from app.forms.edit import Clash
from app.forms.recueils.place import Place, place_of, record_at
from app.forms.recueils.save import Kept, Unread, save_sheet
from app.forms.recueils.sheet import RecueilSheet, sheet_of
from app.forms.views import Page

blueprint = Blueprint("recueils", __name__)
FORM = "/fiches/<uuid:fiche_id>/recueils/<word>/<bloc>"


@blueprint.get(FORM)
@blueprint.get(f"{FORM}/<uuid:clef>")
@requires("hospital:recueil:write")
def fill(fiche_id: object, word: str, bloc: str, clef: object = None) -> Page:
    place = place_of(word, bloc)
    with at_desk() as desk:
        fiche = desk.read(fiche_id)
        record = record_at(desk, fiche, place, clef)
        if place.refusal:
            return _refused(place, sheet_of(fiche, record, place, None))
        sheet = sheet_of(fiche, record, place, None)
        draft = drafts.find(desk.session, desk.by.id, sheet.key)
        if draft:
            sheet = sheet_of(fiche, record, place, draft.typed)
            sheet.draft = draft
        return _drawn(sheet)


@blueprint.post(FORM)
@blueprint.post(f"{FORM}/<uuid:clef>")
@requires("hospital:recueil:write")
def save(fiche_id: object, word: str, bloc: str, clef: object = None) -> Page:
    place = place_of(word, bloc)
    with at_desk() as desk:
        fiche = desk.load(fiche_id)
        record = record_at(desk, fiche, place, clef)
        sheet = sheet_of(fiche, record, place, request.form)
        if place.refusal:
            return _refused(place, sheet)
        if asks_aside():
            return aside(desk, sheet)
        match save_sheet(desk, fiche, record, place, request.form):
            case Unread(refused):
                return _drawn(refused), 422
            case Clash() as clash:
                return clash_page(clash, partial(item_of, place.recueil, place.edition.number, place.block.name)), 409
            case Kept() as kept:
                return _answered(desk, sheet, kept)


def _drawn(sheet: RecueilSheet) -> str:
    sheet.dress()
    return render_template("forms/sheet.html", sheet=sheet)


def _refused(place: Place, sheet: RecueilSheet) -> tuple[str, int]:
    return render_template("forms/recueil_closed.html", sheet=sheet, closed=place), 403


def _answered(desk: Desk, sheet: RecueilSheet, kept: Kept) -> Response:
    if kept.items:
        flash("Enregistré.", "success")
    else:
        flash("Rien n’avait changé : le recueil est resté tel quel.", "info")
    if kept.united:
        flash(
            "Pendant votre saisie, un collègue a modifié ce bloc : ses changements et les vôtres sont réunis.", "info"
        )
    return redirect(sheet.back)
