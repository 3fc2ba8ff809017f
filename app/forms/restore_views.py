"""Restore what a block held before, as a new edit: shown first, then saved as any form is."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from app import audit
from app.access import requires
from app.fiches.record import BlockRecord, Fiche
from app.fiches.shown.display import said
from app.fiches.shown.titles import name_of, title_of
from app.forms.desk import Desk, at_desk
from app.forms.restore import Plan, plan, state_of
from app.forms.views import Page
from app.sdm.definition import find_item
from app.tenants.bind import bound_hospital

blueprint = Blueprint("restore", __name__)
STATE = "/fiches/<uuid:fiche_id>/historique/<uuid:block_id>/<int:version>"


@blueprint.get(STATE)
@requires("hospital:fiche:write")
def show(fiche_id: object, block_id: object, version: int) -> Page:
    with at_desk() as desk:
        fiche = desk.read(fiche_id)
        record = _block(fiche, block_id)
        return _drawn(fiche, record, _plan(desk, fiche, record, version))


@blueprint.post(STATE)
@requires("hospital:fiche:write")
def restore(fiche_id: object, block_id: object, version: int) -> Page:
    with at_desk() as desk:
        fiche = desk.load(fiche_id)
        record = _block(fiche, block_id)
        planned = _plan(desk, fiche, record, version)
        if request.form.get("version") != str(record.version):
            flash("Ce bloc a été modifié entre-temps\u202f: voici ce qui changerait maintenant.", "warning")
            return _drawn(fiche, record, planned), 409
        if planned.changes:
            _save(desk, fiche, record, planned, version)
            flash("Rétabli. L’historique garde aussi la valeur remplacée.", "success")
    return redirect(url_for("fiches.show", fiche_id=fiche.id))


def _save(desk: Desk, fiche: Fiche, record: BlockRecord, planned: Plan, version: int) -> None:
    desk.save(fiche.id, record, planned.answers, version=record.version)
    detail = {"block": record.block, "block_id": record.id, "state": version, "items": sorted(planned.answers)}
    audit.record(desk.session, actor=f"account:{desk.by.id}", action="fiche.restore", fiche_id=fiche.id, detail=detail)


def _plan(desk: Desk, fiche: Fiche, record: BlockRecord, version: int) -> Plan:
    state = state_of(desk.session, record, version) or abort(404)
    return plan(fiche, record, state, request.args.get("item") or None)


def _block(fiche: Fiche, block_id: object) -> BlockRecord:
    """What was set aside comes back first (P2)."""
    return next((one for one in fiche.all_blocks() if one.id == str(block_id) and not one.set_aside), None) or abort(
        404
    )


def _drawn(fiche: Fiche, record: BlockRecord, planned: Plan) -> str:
    sites = bound_hospital().sites
    return render_template(
        "forms/restore.html",
        fiche=fiche,
        record=record,
        plan=planned,
        lead=name_of(fiche.patient.answers, fiche.kind),
        title=title_of(record, sites)[0],
        said=lambda name, value: said(find_item(record.block, name), value, sites),
        history=url_for("fiches.show_history", fiche_id=fiche.id, bloc=record.id),
    )
