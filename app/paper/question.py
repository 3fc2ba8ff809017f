"""A question of the bordereau, from the definition of its item: how it is answered with a pen. Pure.

A short list is boxes to tick, a date or a number of fixed length cells, the rest lines to write on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.fiches.shown.display import SITE_ITEMS, UNITS, parts_of
from app.paper.asked import ALWAYS, NEVER, Asked
from app.paper.boxes import Box, of_sites, of_value_set, yes_or_no
from app.paper.card import masked
from app.paper.cells import Cells, of_date, of_number
from app.sdm.answers import Answer, Coded, Group, PartialDate, Quantity, Text, WholeNumber, YesNo
from app.sdm.constraints import Finess, InsKey, Rpps, without_type_digit
from app.sdm.model import Item
from app.sdm.oids import ATC, CIM_10, COMMUNES, EMEA, HGNC, HPO, ICF, ORPHA_DISEASES, ORPHA_GROUPS
from app.sdm.value_sets import VALUE_SETS

MANY_CHOICES = 30
"""A longer list is written, not ticked."""
LENGTHS = {InsKey: 15, Rpps: 11, Finess: 9}
SHORT_ANSWER, LONG_ANSWER = 1, 3
EMPTY_ENTRIES = 2
HINTS = {
    ORPHA_DISEASES: "nom ou code ORPHA",
    ORPHA_GROUPS: "nom ou code ORPHA",
    CIM_10: "code CIM-10",
    HPO: "terme ou code HPO",
    HGNC: "symbole",
    COMMUNES: "nom et département",
    EMEA: "nom",
    ATC: "classe ATC",
    ICF: "par exemple b117.3",
}
"""What to write of a code that is too far to look for."""
SEVERAL = "plusieurs réponses possibles"


@dataclass(frozen=True, slots=True)
class Question:
    """One of `boxes`, `cells` and `lines` is how it is answered; `written` is what is known already, `entries` the
    questions of each element of a grouped list."""

    name: str
    label: str
    mark: str
    note: str
    boxes: tuple[Box, ...] = ()
    cells: Cells = ()
    lines: int = 0
    unit: str = ""
    written: tuple[str, ...] = ()
    entries: tuple[tuple[Question, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """The sites of the hospital, by code, and the one where the sheet is filled."""

    sites: Mapping[str, str]
    site: str = ""


def question_of(item: Item, asked: Asked, answers: Mapping[str, Any], desk: Desk) -> Question:
    """`answers` are the known ones of the block; a grouped list leaves room for more elements."""
    value = answers.get(item.name)
    note = "; ".join(filter(None, (asked.when, *_notes(item)))).replace(";", " ;")
    head = (item.name, item.label, asked.mark, note)
    match item.answer:
        case Text() if item.name in SITE_ITEMS and len(desk.sites) <= MANY_CHOICES:
            return Question(*head, boxes=of_sites(desk.sites, value))
        case YesNo():
            return Question(*head, boxes=yes_or_no(value))
        case Coded(value_set=str(name)) if _is_short(name):
            return Question(*head, boxes=of_value_set(name, value))
        case PartialDate():
            return Question(*head, cells=of_date(value))
        case Text() if length := _length(item):
            return Question(*head, cells=of_number(length, _number(item, value)))
        case Group():
            return Question(*head, entries=tuple(_entries(item.answer, value or [], desk)))
        case _:
            return Question(*head, lines=_room(item), unit=_unit(item.answer), written=_written(item, value, answers))


def _notes(item: Item) -> Iterator[str]:
    if item.multiple:
        yield SEVERAL
    match item.answer:
        case Coded(value_set=None):
            yield " ou ".join(dict.fromkeys(HINTS[one] for one in item.answer.systems if one in HINTS))


def _is_short(value_set: str) -> bool:
    return len(VALUE_SETS[value_set].current) <= MANY_CHOICES


def _length(item: Item) -> int:
    return next((LENGTHS[type(one)] for one in item.constraints if type(one) in LENGTHS), 0)


def _number(item: Item, value: Any) -> str:
    """As people write it: an INS is masked, an RPPS is without the digit that documents put before it."""
    text = str(value or "")
    if any(isinstance(one, Rpps) for one in item.constraints):
        return without_type_digit(text)
    return masked(text) if item.identifier == "ins" and text else text


def _room(item: Item) -> int:
    several = item.multiple or (isinstance(item.answer, Text) and item.answer.lines > 1)
    return LONG_ANSWER if several else SHORT_ANSWER


def _unit(answer: Answer) -> str:
    return UNITS.get(answer.unit, answer.unit) if isinstance(answer, Quantity) else ""


def _written(item: Item, value: Any, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The known answer; a measure without its unit, which the sheet prints."""
    match value:
        case None:
            return ()
        case {"value": number, "unit": _}:
            return (f"{number:g}".replace(".", ","),)
        case int() if isinstance(item.answer, WholeNumber):
            return (str(value),)
        case _:
            return tuple(f"{part.text} {part.code}".strip() for part in parts_of(item, value, {}, answers))


def _entries(group: Group, known: Sequence[Mapping[str, Any]], desk: Desk) -> Iterator[tuple[Question, ...]]:
    """Each element known, then room for others."""
    for entry in (*known, *({} for _ in range(1 if known else EMPTY_ENTRIES))):
        yield tuple(question_of(inner, _inside(inner), entry, desk) for inner in group.items)


def _inside(inner: Item) -> Asked:
    return Asked(ALWAYS if inner.asked_when_empty else NEVER, "")
