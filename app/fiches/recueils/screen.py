"""The complementary collections as the page of the fiche shows them: panels of cards, folded. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.fiches.quality import patient_answers
from app.fiches.record import Fiche
from app.fiches.recueils.labels import blocks_of
from app.fiches.recueils.record import RecueilRecord
from app.fiches.recueils.right import Reader, why_not
from app.fiches.recueils.titles import title_of
from app.fiches.shown.chips import Chips
from app.fiches.shown.display import parts_of
from app.fiches.shown.screen import Card, Group, Line
from app.recueils.completeness import STATE_LABELS, Completeness, State, assess_recueil
from app.recueils.model import Edition, Recueil
from app.recueils.timeline import Moment, timeline
from app.sdm.check import Problem
from app.sdm.model import Block, Item
from app.sdm.view import Context, View

FORMER = "Questions d’une édition antérieure"
TOLD_IN_ORDER = frozenset({"sdmt_changes", "sdmt_visits", "sdmt_events"})
"""Lists of a treatment that its timeline tells better: no line repeats them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One card; `path` opens its form, `moments` is its timeline."""

    card: Card
    path: str
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Shelf:
    """One block of the collection: its entries, and the path of the form that adds one ("" when it is full)."""

    block: Block
    entries: tuple[Entry, ...]
    adds: str


@dataclass(frozen=True, slots=True)
class Panel:
    """`why_not` greys the buttons; empty for who may write."""

    recueil: Recueil
    edition: Edition
    state: State
    said: str
    problems: int
    shelves: tuple[Shelf, ...]
    lacking: tuple[str, ...]
    why_not: str


def context_of(fiche: Fiche, today: date) -> Context:
    prenatal = any(one.kind in ("fetus_id", "former_fetus_id") for one in fiche.identifiers)
    return Context(fiche.kind, patient_answers(fiche), {}, today, prenatal)


def draw_panels(
    recueils: Mapping[str, Recueil],
    fiche: Fiche,
    held: Sequence[RecueilRecord],
    chips: Chips,
    reader: Reader,
    today: date,
) -> list[Panel]:
    """Those that this fiche is about, and those that were filled anyway, in the order of the definition."""
    context = context_of(fiche, today)
    panels = []
    for recueil in recueils.values():
        mine = [one for one in held if one.recueil == recueil.name]
        if mine or recueil.is_about(context):
            panels.append(_panel(recueil, mine, context, chips, reader, today))
    return panels


def _panel(
    recueil: Recueil, held: list[RecueilRecord], context: Context, chips: Chips, reader: Reader, today: date
) -> Panel:
    edition = recueil.in_force(today)
    found = assess_recueil(edition, [one.instance for one in held], context)
    shelves = tuple(_shelves(recueil, edition, held, context, chips, found))
    lacking = tuple(block.label for block in edition.blocks if block.name in found.lacking)
    refusal = why_not(recueil, reader)
    return Panel(recueil, edition, found.state, STATE_LABELS[found.state], found.count, shelves, lacking, refusal)


def _shelves(
    recueil: Recueil,
    edition: Edition,
    held: list[RecueilRecord],
    context: Context,
    chips: Chips,
    found: Completeness,
) -> Iterator[Shelf]:
    names = dict.fromkeys((*(block.name for block in edition.blocks), *(one.block for one in held)))
    for name in names:
        block = blocks_of(recueil, edition.number, name)[0]
        mine = [one for one in reversed(held) if one.block == name]
        entries = tuple(_entry(recueil, block, one, context, chips, found.problems.get(one.id, ())) for one in mine)
        offered = edition.block(name) is not None and (block.repeated or not mine)
        yield Shelf(block, entries, f"recueils/{recueil.word}/{name.replace('_', '-')}" if offered else "")


def _entry(
    recueil: Recueil, block: Block, record: RecueilRecord, context: Context, chips: Chips, problems: Sequence[Problem]
) -> Entry:
    groups = tuple(_groups(recueil, block, record, context, chips, problems))
    title, note = title_of(record, block.label)
    card = Card(record.block, record.id, title, note, "", False, False, groups, len(problems))
    path = f"recueils/{recueil.word}/{block.name.replace('_', '-')}/{record.id}"
    return Entry(card, path, tuple(timeline(record.answers)) if block.name == "sdmt_treatment" else ())


def _groups(
    recueil: Recueil, block: Block, record: RecueilRecord, context: Context, chips: Chips, problems: Sequence[Problem]
) -> Iterator[Group]:
    view = View(block.by_name, record.answers, context)
    wrong: dict[str, list[Problem]] = {}
    for problem in problems:
        wrong.setdefault(problem.item, []).append(problem)
    for label, items in block.groups.items():
        lines = tuple(_line(one, record, chips, wrong) for one in items if _is_told(one, record, wrong))
        blank = tuple(
            one.label
            for one in items
            if one.name not in record.answers
            and one.name not in wrong
            and (one.shown_when is None or one.shown_when.holds(view))
        )
        yield Group(label, lines, blank)
    if former := _former_items(recueil, block, record):
        yield Group(FORMER, tuple(_line(one, record, chips, {}) for one in former), ())


def _is_told(item: Item, record: RecueilRecord, wrong: Mapping[str, object]) -> bool:
    return item.name in wrong or (item.name in record.answers and item.name not in TOLD_IN_ORDER)


def _former_items(recueil: Recueil, block: Block, record: RecueilRecord) -> list[Item]:
    """Answers that the edition in force asks no more, with the words of the edition that asked them."""
    known = [one for edition in blocks_of(recueil, record.edition, block.name) for one in edition.items]
    by_name = {item.name: item for item in reversed(known)}
    return [by_name[name] for name in record.answers if name in by_name and block.item(name) is None]


def _line(item: Item, record: RecueilRecord, chips: Chips, wrong: Mapping[str, list[Problem]]) -> Line:
    value, stamp = record.answers.get(item.name), record.stamps.get(item.name)
    parts = tuple(parts_of(item, value, {}, record.answers)) if value is not None else ()
    return Line(item.name, item.label, parts, chips.of(stamp) if stamp else None, tuple(wrong.get(item.name, ())))
