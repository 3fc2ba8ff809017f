"""The activities on the bordereau: a line each, several empty ones, the codes of the lists by number. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.fiches.shown.display import SITE_ITEMS, parts_of
from app.paper.asked import asked
from app.paper.boxes import Box, of_sites, of_value_set
from app.paper.question import MANY_CHOICES, Desk
from app.sdm.answers import Coded
from app.sdm.model import Block, Item
from app.sdm.view import Context

KNOWN_ROWS, ROWS = 5, 12
"""The last ones, to be seen and not typed again, then room for new ones."""


@dataclass(frozen=True, slots=True)
class Column:
    """`number` tells which legend its numbers are of; 0: one writes in it."""

    label: str
    mark: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Legend:
    """A list by numbers, written once above the grid."""

    label: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    columns: tuple[Column, ...]
    legends: tuple[Legend, ...]
    rows: tuple[tuple[str, ...], ...]
    """What is known, one text per column."""
    empty: int


def grid_of(block: Block, known: Sequence[Mapping[str, Any]], context: Context, desk: Desk) -> Grid:
    items = [(item, how) for item in block.items if (how := asked(item, block, context)) is not None]
    numbered = [item for item, _ in items if _is_listed(item, desk)]
    columns = (Column(item.label, how.mark, numbered.index(item) + 1 if item in numbered else 0) for item, how in items)
    last = sorted(known, key=lambda one: str(one.get("activity_date", "")))[-KNOWN_ROWS:]
    return Grid(
        tuple(columns),
        tuple(Legend(item.label, tuple(box.label for box in _boxes(item, None, desk))) for item in numbered),
        tuple(tuple(_cell(item, answers, desk) for item, _ in items) for answers in last),
        ROWS - len(last),
    )


def _is_listed(item: Item, desk: Desk) -> bool:
    if item.name in SITE_ITEMS:
        return len(desk.sites) <= MANY_CHOICES
    return isinstance(item.answer, Coded) and item.answer.value_set is not None


def _boxes(item: Item, value: Any, desk: Desk) -> tuple[Box, ...]:
    if item.name in SITE_ITEMS:
        return of_sites(desk.sites, value)
    assert isinstance(item.answer, Coded)
    assert item.answer.value_set
    return of_value_set(item.answer.value_set, value)


def _cell(item: Item, answers: Mapping[str, Any], desk: Desk) -> str:
    value = answers.get(item.name)
    if value is None:
        return ""
    if not _is_listed(item, desk):
        return ", ".join(f"{part.text} {part.code}".strip() for part in parts_of(item, value, {}, answers))
    return ", ".join(_numbers(item, value, desk))


def _numbers(item: Item, value: Any, desk: Desk) -> Iterator[str]:
    """Its number in the legend; what the legend has not, in full."""
    listed = len(_boxes(item, None, desk))
    for number, box in enumerate(_boxes(item, value, desk), start=1):
        if box.ticked:
            yield str(number) if number <= listed else box.label
