"""The fiche as the screen shows it: sections of cards of groups of lines. Pure; derived from the definition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from app.fiches.quality import Located, patient_answers
from app.fiches.record import BlockRecord, Fiche
from app.fiches.shown.chips import Chip, Chips, plain_chip
from app.fiches.shown.display import Part, parts_of
from app.fiches.shown.titles import title_of
from app.sdm.answers import Value
from app.sdm.check import Problem
from app.sdm.definition import BLOCKS
from app.sdm.model import Block, Item
from app.sdm.view import Context, View

GROUPS = {name: block.groups for name, block in BLOCKS.items()}
MASKED = frozenset({"ins", "ins_c"})


class Line(NamedTuple):
    """An item with its answer, or without when it is missing. `masked`: shown by its last four characters."""

    name: str
    label: str
    parts: tuple[Part, ...]
    chip: Chip | None = None
    problems: tuple[Problem, ...] = ()
    emptied: bool = False
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """`blank` are the labels of what nobody filled and nobody must."""

    label: str
    lines: tuple[Line, ...]
    blank: tuple[str, ...]


@dataclass(slots=True)
class Card:
    """One instance of a block. `linked` is a fetus's own fiche; `children` a pregnancy's fetuses."""

    block: str
    block_id: str
    title: str
    note: str
    source: str
    from_dpi: bool
    site_created: bool
    groups: tuple[Group, ...]
    problems: int
    linked: str | None = None
    children: list[Card] = field(default_factory=list)

    @property
    def settled(self) -> bool:
        """Nothing of it waits for anybody: below newer ones it is folded, its title still read."""
        emptied = any(line.emptied for group in self.groups for line in group.lines)
        return not (self.problems or self.site_created or emptied)


class Aside(NamedTuple):
    """A prise en charge that was set aside (P2): its site, by whom and when."""

    block_id: str
    title: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Section:
    """A fold of the page, and a line of its summary. `single`: its one card is shown without a frame."""

    anchor: str
    label: str
    cards: tuple[Card, ...]
    problems: int
    single: bool = False
    empty: str = ""
    missing: str = ""
    aside: tuple[Aside, ...] = ()

    @property
    def filled(self) -> bool:
        """Something to read or to do: the fold is open at first."""
        if self.single:
            return any(group.lines for group in self.cards[0].groups)
        return bool(self.cards or self.problems)


EMPTY = {
    "prise_en_charge": "Aucune prise en charge : la fiche n’est suivie par aucun site.",
    "activite": "Aucune activité pour l’instant.",
    "diagnostic": "Aucun diagnostic pour l’instant.",
    "grossesse": "Aucune grossesse déclarée.",
}


@dataclass(slots=True)
class Drawing:
    """What the lines need: problems by block and item, open proposals, chips, labels of the sites."""

    fiche: Fiche
    chips: Chips
    sites: Mapping[str, str]
    problems: Mapping[str, Mapping[str, list[Problem]]]
    emptied: frozenset[tuple[str, str | None]]
    created: frozenset[str]
    answers: Mapping[str, Value]

    def card(self, record: BlockRecord, groups: Iterable[str] | None = None) -> Card:
        block = BLOCKS[record.block]
        shown = tuple(self._groups(block, record, groups))
        title, note = title_of(record, self.sites)
        return Card(
            record.block,
            record.id,
            title,
            note,
            record.source_id.extension if record.source_id else "",
            record.origin == "dpi",
            record.id in self.created,
            shown,
            sum(bool(line.problems) for group in shown for line in group.lines),
            record.subject_id,
        )

    def aside(self, record: BlockRecord) -> Aside:
        stamp = record.set_aside
        assert stamp
        at = datetime.fromisoformat(stamp.at)
        return Aside(record.id, title_of(record, self.sites)[0], self.chips.name_of(stamp), at)

    def _groups(self, block: Block, record: BlockRecord, only: Iterable[str] | None) -> Iterator[Group]:
        answers = self.answers if record.block == "patient" else record.answers
        view = View(block.by_name, answers, Context(self.fiche.kind, self.answers, today=date.today()))  # noqa: DTZ011
        groups = GROUPS[block.name]
        for label in groups if only is None else only:
            lines, blank = self._lines(groups[label], record, answers, view)
            yield Group(label, lines, blank)

    def _lines(
        self, items: Iterable[Item], record: BlockRecord, answers: Mapping[str, Value], view: View
    ) -> tuple[tuple[Line, ...], tuple[str, ...]]:
        wrong, lines, blank = self.problems.get(record.id, {}), [], []
        for item in items:
            value, problems = answers.get(item.name), wrong.get(item.name, ())
            if value is not None or problems:
                lines.append(self._line(item, value, tuple(problems), record))
            elif item.typed and (item.shown_when is None or item.shown_when.holds(view)):
                blank.append(item.label)
        return tuple(lines), tuple(blank)

    def _line(self, item: Item, value: Value | None, problems: tuple[Problem, ...], record: BlockRecord) -> Line:
        stamp = record.stamps.get(item.name)
        return Line(
            item.name,
            item.label,
            tuple(parts_of(item, value, self.sites, record.answers)) if value is not None else (),
            self.chips.of(stamp) if stamp else self._identifier_chip(item),
            problems,
            (record.id, item.name) in self.emptied,
            item.identifier in MASKED,
        )

    def _identifier_chip(self, item: Item) -> Chip | None:
        """Identifiers have an origin and no stamp: their chip opens nothing."""
        known = [one.lookup for one in self.fiche.identifiers if item.identifier and one.kind == item.identifier]
        return plain_chip(self.fiche.identifier_origins.get(known[0], self.fiche.origin)) if known else None


def draw(
    fiche: Fiche,
    problems: Iterable[Located],
    chips: Chips,
    sites: Mapping[str, str],
    emptied: frozenset[tuple[str, str | None]] = frozenset(),
    created: frozenset[str] = frozenset(),
) -> list[Section]:
    """The sections in the order of the definition: the patient's groups, then each repeated block."""
    sorted_problems: dict[str, dict[str, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    lacking = {name: problem.message for name, block_id, problem in problems if block_id is None}
    for _, block_id, problem in problems:
        if block_id:
            sorted_problems[block_id][problem.item].append(problem)
    drawing = Drawing(fiche, chips, sites, sorted_problems, emptied, created, patient_answers(fiche))
    return [*_patient(drawing), *_repeated(drawing, lacking)]


def _patient(drawing: Drawing) -> Iterator[Section]:
    for number, label in enumerate(GROUPS["patient"]):
        card = drawing.card(drawing.fiche.patient, (label,))
        if any(group.lines or group.blank for group in card.groups):
            yield Section(f"patient-{number}", label, (card,), card.problems, single=True)


def _repeated(drawing: Drawing, lacking: Mapping[str, str]) -> Iterator[Section]:
    for name in ("prise_en_charge", "activite", "diagnostic", "grossesse"):
        if name == "grossesse" and drawing.fiche.kind == "fetus":
            continue
        cards = tuple(drawing.card(record) for record in _newest_first(drawing.fiche.blocks(name)))
        for card in cards:
            card.children = [drawing.card(one) for one in drawing.fiche.fetuses if one.parent_id == card.block_id]
        wrong = sum(card.problems + sum(child.problems for child in card.children) for card in cards)
        missing = lacking.get(name, "")
        aside = tuple(drawing.aside(record) for record in drawing.fiche.every(name) if record.set_aside)
        yield Section(
            name, BLOCKS[name].plural, cards, wrong + bool(missing), empty=EMPTY[name], missing=missing, aside=aside
        )


def _newest_first(records: list[BlockRecord]) -> list[BlockRecord]:
    dated = {"activite": "activity_date", "diagnostic": "diagnosis_date", "grossesse": "pregnancy_start"}
    return sorted(records, key=lambda one: str(one.answers.get(dated.get(one.block, ""), "")), reverse=True)
