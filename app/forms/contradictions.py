"""What contradicts itself in a page being filled, told as one leaves a field: the same rules as at the save, which
stays the judge. What is missing is not told: one has not finished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.fiches.quality import Located, assess
from app.fiches.record import Fiche
from app.fiches.shown.titles import title_of
from app.forms.same_activity import DAY, twin_of
from app.forms.sheet import Part, Sheet
from app.sdm.check import check_block
from app.sdm.definition import BLOCKS
from app.sdm.view import Context
from app.tenants.bind import bound_hospital

ELSEWHERE = ""
"""The key of what a page would contradict in another block of the fiche."""
MOST = 3
ALREADY_THERE = "La fiche a déjà une activité semblable ce jour-là\u202f: ne pas la compter deux fois."


def contradictions(sheet: Sheet) -> dict[str, list[str]]:
    """Item of the page → French sentences."""
    told: dict[str, list[str]] = {}
    for item, sentence in [*_unreadable(sheet), *_of_the_page(sheet), *_twice(sheet), *_of_the_rest(sheet)]:
        told.setdefault(item, []).append(sentence)
    return told


def _unreadable(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for part in sheet.parts:
        hidden = part.form.hidden
        for field in part.form.fields:
            if field.name not in hidden:
                yield from ((field.name, sentence) for sentence in field.process_errors)


def _of_the_page(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for part in sheet.parts:
        asked = {field.name for field in part.form.fields}
        for problem in check_block(part.form.block, part.form.view().answers, _context(sheet, part)):
            if problem.severity == "incoherent" and problem.item in asked:
                yield problem.item, problem.message


def _context(sheet: Sheet, part: Part) -> Context:
    """The patient as the page says it: the date of birth may be typed above the date of inclusion."""
    context = part.form.context
    for other in sheet.parts:
        if other is not part and other.record.block == "patient":
            context = replace(context, patient={**context.patient, **other.form.answers})
        if other is not part and other.record.block == "grossesse":
            context = replace(context, parent={**context.parent, **other.form.answers})
    if part.record.block == "patient":
        return replace(context, patient=part.form.answers)
    return context


def _twice(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for part in sheet.parts:
        if sheet.fiche and part.record.block == "activite" and twin_of(sheet.fiche, part.record, part.form.answers):
            yield DAY, ALREADY_THERE


def _of_the_rest(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """A death typed today contradicts an activity of tomorrow, which is on another page."""
    if sheet.fiche is None or sheet.parts[0].record is not sheet.fiche.patient:
        return
    known, patient = set(assess(sheet.fiche).problems), sheet.parts[0]
    imagined = replace(sheet.fiche, patient=replace(patient.record, answers=patient.form.answers))
    new = [one for one in assess(imagined).problems if one not in known and _is_elsewhere(one)]
    for located in new[:MOST]:
        yield ELSEWHERE, _said(sheet.fiche, located)


def _is_elsewhere(located: Located) -> bool:
    block, _, problem = located
    return block != "patient" and problem.severity == "incoherent"


def _said(fiche: Fiche, located: Located) -> str:
    block, block_id, problem = located
    record = next(one for one in fiche.blocks(block) if one.id == block_id)
    return f"{BLOCKS[block].label} {title_of(record, bound_hospital().sites)[0]}\u202f: {problem.message}"
