"""The pages that change a fiche: edit a block, add one."""

from __future__ import annotations

from flask import Blueprint, abort, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.access import requires
from app.fiches.record import BlockRecord, Fiche
from app.forms import drafts
from app.forms.add import add_sheet, save_new_block, suggest
from app.forms.answer import answered, answered_already, aside, asks_aside, drawn, wants_draft
from app.forms.clash import clash_page
from app.forms.cuts import Cut, of_group, whole
from app.forms.desk import Desk, at_desk
from app.forms.edit import Clash, Kept, Outcome, Refused, edit_sheet, find_block, save_edit
from app.forms.sent_twice import Already
from app.forms.words import ADDED, block_of
from app.sdm.definition import find_item

blueprint = Blueprint("forms", __name__)
Page = str | Response | tuple[str, int]
EDIT = "/fiches/<uuid:fiche_id>/modifier/<bloc>"
ADD = "/fiches/<uuid:fiche_id>/ajouter/<bloc>"


@blueprint.get(EDIT)
@blueprint.get(f"{EDIT}/<uuid:clef>")
@requires("hospital:fiche:write")
def edit(fiche_id: object, bloc: str, clef: object = None) -> Page:
    cut = _cut(bloc)
    with at_desk() as desk:
        fiche = desk.read(fiche_id)
        return show_cut(desk, fiche, find_block(fiche, cut.block, clef), cut)


@blueprint.post(EDIT)
@blueprint.post(f"{EDIT}/<uuid:clef>")
@requires("hospital:fiche:write")
def save(fiche_id: object, bloc: str, clef: object = None) -> Page:
    cut = _cut(bloc)
    with at_desk() as desk:
        fiche = desk.load(fiche_id)
        return save_cut(desk, fiche, find_block(fiche, cut.block, clef), cut, request.form)


@blueprint.get(ADD)
@requires("hospital:fiche:write")
def add(fiche_id: object, bloc: str) -> Page:
    block = _added(bloc)
    with at_desk() as desk:
        return drawn(add_sheet(desk, desk.read(fiche_id), block, None, repeat="repeter" in request.args))


@blueprint.post(ADD)
@requires("hospital:fiche:write")
def save_added(fiche_id: object, bloc: str) -> Page:
    block = _added(bloc)
    with at_desk() as desk:
        sheet = add_sheet(desk, desk.load(fiche_id), block, request.form)
        if asks_aside():
            return aside(desk, sheet)
        return answer_to(save_new_block(desk, sheet, wants_draft(block)))


def show_cut(desk: Desk, fiche: Fiche, record: BlockRecord, cut: Cut) -> str:
    draft = drafts.find(desk.session, desk.by.id, cut.key(record))
    sheet = edit_sheet(fiche, record, cut, draft.typed if draft else None)
    sheet.draft = draft
    if draft is None:
        suggest(sheet.parts[0], cut.suggests)
    return drawn(sheet)


def save_cut(desk: Desk, fiche: Fiche, record: BlockRecord, cut: Cut, sent: MultiDict[str, str]) -> Page:
    if asks_aside():
        return aside(desk, edit_sheet(fiche, record, cut, sent))
    return answer_to(save_edit(desk, fiche, record, cut, sent, wants_draft(cut.block) if cut.drafts else None))


def answer_to(outcome: Outcome | Already) -> Page:
    match outcome:
        case Refused(sheet):
            return drawn(sheet), 422
        case Clash():
            return clash_page(outcome, lambda name: find_item(outcome.record.block, name)), 409
        case Kept():
            return answered(outcome)
        case Already():
            return answered_already(outcome)


def _added(bloc: str) -> str:
    """The block that an address adds; 404 for one that no form adds."""
    block = block_of(bloc)
    return block if block in ADDED else abort(404)


def _cut(bloc: str) -> Cut:
    """The whole block, or one group of the patient's."""
    block, asked = block_of(bloc) or abort(404), request.args.get("groupe", "")
    if block == "patient" and asked.isdigit() and len(asked) < 3:
        return of_group(int(asked)) or abort(404)
    return whole(block)
