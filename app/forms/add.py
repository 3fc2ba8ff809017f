"""Add a prise en charge, an activity, a diagnosis, a pregnancy: filled in advance with what is almost sure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from app.clock import new_id
from app.fiches.quality import assess
from app.fiches.record import BlockRecord, Fiche
from app.fiches.shown.titles import name_of
from app.forms import drafts
from app.forms.desk import Desk
from app.forms.edit import Kept, Refused
from app.forms.opened import what_it_creates
from app.forms.sent_twice import CHANGED, Already, same
from app.forms.sheet import Part, Sheet, Typed, part_of
from app.forms.suggestions import suggestions
from app.forms.words import WORDS
from app.sdm.answers import is_empty

ASSUMED = frozenset({"diagnosis_site_id", "activity_site_id"})
"""Alone, they say nothing yet."""
TWICE = "Ce site suit déjà ce patient. Modifier sa prise en charge, au lieu d’en créer une deuxième."


def add_sheet(desk: Desk, fiche: Fiche, block: str, typed: Typed, *, repeat: bool = False) -> Sheet:
    words, key = WORDS[block], f"ajouter.{block}.{fiche.id}"
    draft = None if typed is not None else drafts.find(desk.session, desk.by.id, key)
    part = new_part(desk, fiche, block, typed if draft is None else draft.typed, repeat=repeat)
    back = url_for("fiches.show", fiche_id=fiche.id, _anchor=words.section)
    return Sheet(key, words.add, back, [part], fiche, draft, name_of(fiche.patient.answers, fiche.kind))


def new_part(desk: Desk, fiche: Fiche, block: str, typed: Typed, title: str = "", *, repeat: bool = False) -> Part:
    """An empty block with its suggestions; what was typed, when something was."""
    part = part_of(fiche, BlockRecord(block, new_id(), "web"), typed, title=title)
    if typed is None:
        suggest(part, suggestions(desk, fiche, block, repeat=repeat))
    return part


def suggest(part: Part, answers: Mapping[str, Any]) -> None:
    for field in part.form.fields:
        if not is_empty(answers.get(field.name)):
            field.suggest(answers[field.name])


def save_new_block(desk: Desk, sheet: Sheet, draft: bool | None) -> Refused | Kept | Already:
    part, fiche = sheet.parts[0], sheet.fiche
    assert fiche is not None
    valid = sheet.validate()
    given = {name: value for name, value in part.form.given().items() if value is not None}
    part.record.id = what_it_creates(sheet.key)
    if twin := next((one for one in fiche.blocks(part.record.block) if one.id == part.record.id), None):
        return sent_again(sheet, Already(fiche.id, twin), given)
    if part.record.block == "prise_en_charge":
        given.setdefault("care_site_id", desk.site)
        refuse_twice(sheet, fiche, given)
    if valid and not given.keys() - ASSUMED:
        sheet.errors.append(("", "", "Rien n’est renseigné : remplir au moins une réponse."))
    if sheet.errors:
        return Refused(sheet)
    known = frozenset(assess(fiche).problems)
    saved = desk.save(fiche.id, part.record, given, draft=draft, loaded=fiche)
    drafts.forget(desk.session, desk.by.id, sheet.key)
    return Kept(saved.fiche, part.record, tuple(given), duplicates=saved.likely_duplicates, known=known)


def sent_again(sheet: Sheet, already: Already, given: Mapping[str, Any]) -> Refused | Already:
    if not sheet.errors and same(already.record, given):
        return already
    sheet.errors.append(("", "", CHANGED))
    return Refused(sheet)


def refuse_twice(sheet: Sheet, fiche: Fiche, given: Mapping[str, Any]) -> None:
    """P1: one prise en charge per site."""
    if given.get("care_site_id") in {care.site for care in fiche.prises_en_charge}:
        sheet.refuse("care_site_id", TWICE)
