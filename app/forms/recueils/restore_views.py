"""Restore what a collection held before, as a new edit: shown first, then saved as its form is."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from app import audit
from app.access import requires
from app.clock import now
from app.fiches.record import Fiche
from app.fiches.recueils.record import RecueilRecord
from app.fiches.recueils.save import held_by, save_recueil
from app.fiches.recueils.screen import context_of
from app.fiches.recueils.titles import title_of
from app.fiches.shown.display import said
from app.fiches.shown.titles import name_of
from app.forms.desk import Desk, at_desk
from app.forms.recueils.place import Place, place_of
from app.forms.recueils.restore import plan, state_of
from app.forms.restore import Plan
from app.forms.views import Page
from app.recueils.definition import recueil_of

blueprint = Blueprint("recueils_restore", __name__)
STATE = "/fiches/<uuid:fiche_id>/recueils/<word>/historique/<uuid:block_id>/<int:version>"


@blueprint.get(STATE)
@requires("hospital:recueil:write")
def show(fiche_id: object, word: str, block_id: object, version: int) -> Page:
    with at_desk() as desk:
        fiche = desk.read(fiche_id)
        record, place = _held(desk, fiche, word, block_id)
        return _drawn(fiche, record, place, _plan(desk, fiche, record, place, version))


@blueprint.post(STATE)
@requires("hospital:recueil:write")
def restore(fiche_id: object, word: str, block_id: object, version: int) -> Page:
    with at_desk() as desk:
        fiche = desk.load(fiche_id)
        record, place = _held(desk, fiche, word, block_id)
        planned = _plan(desk, fiche, record, place, version)
        if request.form.get("version") != str(record.version):
            flash("Ce bloc a été modifié entre-temps\u202f: voici ce qui changerait maintenant.", "warning")
            return _drawn(fiche, record, place, planned), 409
        if planned.changes:
            _save(desk, fiche, record, place, planned, version)
            flash("Rétabli. L’historique garde aussi la valeur remplacée.", "success")
    return redirect(url_for("fiches.show", fiche_id=fiche.id, _anchor=place.anchor))


def _held(desk: Desk, fiche: Fiche, word: str, block_id: object) -> tuple[RecueilRecord, Place]:
    """404 when the fiche holds no such block of the collection; 403 for who may not fill it."""
    known = recueil_of(word) or abort(404)
    held = (one for one in held_by(desk.session, fiche.id) if one.recueil == known.name)
    record = next((one for one in held if one.id == str(block_id)), None) or abort(404)
    place = place_of(word, record.block)
    if place.refusal:
        abort(403)
    return record, place


def _plan(desk: Desk, fiche: Fiche, record: RecueilRecord, place: Place, version: int) -> Plan:
    state = state_of(desk.session, record, version) or abort(404)
    return plan(place, record, state, context_of(fiche, now().date()), request.args.get("item") or None)


def _save(desk: Desk, fiche: Fiche, record: RecueilRecord, place: Place, planned: Plan, version: int) -> None:
    items = save_recueil(desk.session, fiche, record, place.edition, planned.answers, by=desk.by)
    detail = {"recueil": record.recueil, "block_id": record.id, "state": version, "items": sorted(items)}
    audit.record(desk.session, actor=f"account:{desk.by.id}", action="fiche.restore", fiche_id=fiche.id, detail=detail)


def _drawn(fiche: Fiche, record: RecueilRecord, place: Place, planned: Plan) -> str:
    return render_template(
        "forms/restore.html",
        fiche=fiche,
        record=record,
        plan=planned,
        lead=name_of(fiche.patient.answers, fiche.kind),
        title=title_of(record, place.block.label)[0],
        said=lambda name, value: said(place.block.item(name), value, {}),
        history=url_for("recueils_read.show_history", fiche_id=fiche.id, word=place.recueil.word),
    )
