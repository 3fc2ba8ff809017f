"""The acts of the turquoise menu: a death, an opposition, the end of a pregnancy, the end of a draft."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.access import requires
from app.fiches.record import Fiche
from app.forms.answer import aside, asks_aside
from app.forms.cuts import DEATH, OPPOSITION
from app.forms.desk import at_desk
from app.forms.pregnancy_end import end_sheet, save_end
from app.forms.sheet import Sheet
from app.forms.views import Page, save_cut, show_cut

blueprint = Blueprint("fiche_acts", __name__)


@blueprint.get("/fiches/<uuid:fiche_id>/deces")
@requires("hospital:fiche:write")
def death(fiche_id: object) -> Page:
    with at_desk() as desk:
        fiche = _born(desk.read(fiche_id))
        return show_cut(desk, fiche, fiche.patient, DEATH)


@blueprint.post("/fiches/<uuid:fiche_id>/deces")
@requires("hospital:fiche:write")
def save_death(fiche_id: object) -> Page:
    sent = MultiDict(request.form)
    sent.setdefault("deceased", "oui")
    with at_desk() as desk:
        fiche = _born(desk.load(fiche_id))
        return save_cut(desk, fiche, fiche.patient, DEATH, sent)


@blueprint.get("/fiches/<uuid:fiche_id>/opposition")
@requires("hospital:fiche:write")
def opposition(fiche_id: object) -> Page:
    with at_desk() as desk:
        fiche = desk.read(fiche_id)
        return show_cut(desk, fiche, fiche.patient, OPPOSITION)


@blueprint.post("/fiches/<uuid:fiche_id>/opposition")
@requires("hospital:fiche:write")
def save_opposition(fiche_id: object) -> Page:
    with at_desk() as desk:
        fiche = desk.load(fiche_id)
        return save_cut(desk, fiche, fiche.patient, OPPOSITION, request.form)


@blueprint.get("/fiches/<uuid:fiche_id>/fin-de-grossesse")
@requires("hospital:fiche:write")
def pregnancy_end(fiche_id: object) -> Page:
    with at_desk() as desk:
        fiche = desk.read(fiche_id)
        return _already_born(fiche) or _drawn(end_sheet(desk, fiche, None))


@blueprint.post("/fiches/<uuid:fiche_id>/fin-de-grossesse")
@requires("hospital:fiche:write")
def save_pregnancy_end(fiche_id: object) -> Page:
    with at_desk() as desk:
        fiche = desk.load(fiche_id)
        if born := _already_born(fiche):
            return born
        sheet = end_sheet(desk, fiche, request.form)
        if asks_aside():
            return aside(desk, sheet)
        sentence = save_end(desk, fiche, sheet)
        if sentence is None:
            return _drawn(sheet), 422
        flash(sentence, "success")
        return redirect(sheet.back)


@blueprint.post("/fiches/<uuid:fiche_id>/fin-de-brouillon")
@requires("hospital:fiche:write")
def end_draft(fiche_id: object) -> Response:
    """« Enregistrer » a fiche saved as a draft: its state is what its answers make it."""
    with at_desk() as desk:
        fiche = desk.load(fiche_id)
        desk.save(fiche.id, fiche.patient, {}, draft=False)
    flash("La fiche n’est plus un brouillon.", "success")
    return redirect(url_for("fiches.show", fiche_id=fiche_id))


def _born(fiche: Fiche) -> Fiche:
    """A death is a born patient's; a fetus's is an end of its pregnancy."""
    return fiche if fiche.kind == "born" else abort(404)


def _already_born(fiche: Fiche) -> Response | None:
    """The page of a fetus, opened or sent again once it is a child's: nobody meets a page that does not exist."""
    if fiche.kind == "fetus":
        return None
    flash("Cette fiche est déjà celle d’un patient né : sa naissance n’est plus à déclarer.", "info")
    return redirect(url_for("fiches.show", fiche_id=fiche.id))


def _drawn(sheet: Sheet) -> str:
    sheet.dress()
    for field in sheet.fields:
        if field.name == "pregnancy_outcome":
            field.demanded = True
    return render_template("forms/pregnancy_end.html", sheet=sheet)
