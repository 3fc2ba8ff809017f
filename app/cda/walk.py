"""A table of paths, compiled once, read in one walk.

The rows of a table become a tree of steps: an element is looked at once, whatever the number of rows that go through it,
and the right answers are found by dictionary (tag, then code or attribute). Grammar of a path, from left to right:

    a/b             child a, then its child b; sdtc:a is in the namespace of the HL7 extensions
    a[@x=V|W]       whose attribute x is V or W; a[@x=] has no attribute x
    a[c=V|W]        whose child c has the code V or W
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml.etree import _Element

from app.cda.reading import SDTC, V3, Generation, Reading
from app.cda.values import Reader


@dataclass(frozen=True, slots=True)
class Row:
    """Where an item stands in each generation of documents (None: nowhere), and how it is read.
    `many`: a list of answers; `joined`: several elements make one text."""

    item: str
    read: Reader
    gen1: str | None = None
    gen2: str | None = None
    many: bool = False
    joined: bool = False


def both(item: str, read: Reader, path: str, *, many: bool = False, joined: bool = False) -> Row:
    """An item that stands at the same place in both generations."""
    return Row(item, read, path, path, many, joined)


@dataclass(slots=True)
class Step:
    """A place of the tree: the rows that end there, the steps that follow."""

    rows: list[Row] = field(default_factory=list)
    next: dict[str, list[_Branch]] = field(default_factory=dict)


@dataclass(slots=True)
class _Branch:
    """The steps that a tag leads to, told apart by one attribute or by the code of one child (or by nothing)."""

    attribute: str | None
    child: str | None
    steps: dict[str | None, Step] = field(default_factory=dict)

    def of(self, element: _Element) -> Step | None:
        if self.attribute is not None:
            return self.steps.get(element.get(self.attribute))
        if self.child is not None:
            inner = next(element.iterchildren(self.child), None)
            return None if inner is None else self.steps.get(inner.get("code"))
        return self.steps[None]


Table = dict[Generation, Step]


def table(*rows: Row) -> Table:
    return {1: _compile(rows, 1), 2: _compile(rows, 2)}


def _compile(rows: Sequence[Row], generation: Generation) -> Step:
    root = Step()
    for row in rows:
        path = row.gen1 if generation == 1 else row.gen2
        if path is not None:
            for step in _grow([root], path.split("/")):
                step.rows.append(row)
    return root


def _grow(places: list[Step], path: list[str]) -> list[Step]:
    for written in path:
        places = [step for place in places for step in _steps(place, written)]
    return places


def _steps(place: Step, written: str) -> list[Step]:
    tag, attribute, child, values = _parse(written)
    branches = place.next.setdefault(tag, [])
    branch = next((known for known in branches if (known.attribute, known.child) == (attribute, child)), None)
    if branch is None:
        branches.append(branch := _Branch(attribute, child))
    return [branch.steps.setdefault(value, Step()) for value in values]


def _parse(written: str) -> tuple[str, str | None, str | None, list[str | None]]:
    match = _STEP.fullmatch(written)
    if match is None:
        raise ValueError(f"step {written!r} is not in the grammar of paths")
    tag, attribute, child, values = match.groups()
    choices: list[str | None] = [value or None for value in values.split("|")] if values is not None else [None]
    return _qualified(tag), attribute, child and _qualified(child), choices


def _qualified(tag: str) -> str:
    return f"{SDTC}{tag[5:]}" if tag.startswith("sdtc:") else f"{V3}{tag}"


_STEP = re.compile(r"((?:sdtc:)?\w+)(?:\[(?:@(\w+)|((?:sdtc:)?\w+))=([^\]]*)\])?")


def read(table: Table, element: _Element, reading: Reading) -> dict[str, Any]:
    """The filled answers of a table below `element`. Of an answer given twice where one is expected, the first is kept."""
    answers: dict[str, Any] = {}
    for row, found in _leaves(table[reading.generation], element, reading):
        value = row.read(found, reading)
        if value is None:
            continue
        if row.many:
            answers.setdefault(row.item, []).append(value)
        elif row.joined:
            answers[row.item] = f"{answers[row.item]} {value}" if row.item in answers else value
        elif answers.setdefault(row.item, value) != value:
            reading.warn("W-REPEATED", "Réponse donnée plusieurs fois : la première est gardée.", found)
    return answers


def _leaves(step: Step, element: _Element, reading: Reading) -> Iterator[tuple[Row, _Element]]:
    following = step.next
    for child in element:
        branches = following.get(child.tag)
        if branches is None or child.get("nullFlavor"):
            continue
        for branch in branches:
            next_step = branch.of(child)
            if next_step is None:
                continue
            if child.get("negationInd") == "true":
                reading.warn("W-NEGATION", "Réponse niée, ignorée : la négation n’est pas prévue ici.", child)
                continue
            for row in next_step.rows:
                yield row, child
            if next_step.next:
                yield from _leaves(next_step, child, reading)


def descend(element: _Element, path: str) -> list[_Element]:
    """The elements at the end of a bare path (tags only)."""
    found = [element]
    for tag in path.split("/"):
        qualified = _qualified(tag)
        found = [child for place in found for child in place.iterchildren(qualified) if not child.get("nullFlavor")]
    return found
