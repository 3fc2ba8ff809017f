"""A table of paths, compiled once, read in one walk.

The rows of a table become a tree of steps: an element is looked at once, however many rows go through it, and what
follows is found by dictionary (tag, then code or attribute). Grammar of a path, from left to right:

    a/b             child a, then its child b; sdtc:a is in the namespace of the HL7 extensions
    a[@x=V|W]       whose attribute x is V or W; a[@x=] has no attribute x
    a[c=V|W]        whose child c has the code V or W
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lxml.etree import _Element

from app.cda.canonical import accept, item_of
from app.cda.reading import SDTC, V3, Generation, Reading
from app.cda.values import Reader
from app.sdm.model import Item

Answers = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """Where an item stands in each generation of documents (None: nowhere), and how it is read.
    `joined`: several elements make one text, with this between them."""

    item: str
    read: Reader
    gen1: str | None = None
    gen2: str | None = None
    joined: str | None = None


def both(item: str, read: Reader, path: str, *, joined: str | None = None) -> Row:
    """An item that stands at the same place in both generations."""
    return Row(item, read, path, path, joined)


Leaf = tuple[Row, Item | None]


@dataclass(slots=True)
class Step:
    """A place of the tree: the rows that end there with their definitions, the steps that follow."""

    rows: list[Leaf] = field(default_factory=list)
    next: dict[str, list[_Branch]] = field(default_factory=dict)


@dataclass(slots=True)
class _Branch:
    """The steps that a tag leads to, told apart by one attribute or by the code of one child; or by nothing: `only`."""

    attribute: str | None
    child: str | None
    steps: dict[str | None, Step] = field(default_factory=dict)
    only: Step | None = None

    def of(self, element: _Element) -> Step | None:
        if self.attribute is not None:
            return self.steps.get(element.get(self.attribute))
        for inner in element:
            if inner.tag == self.child:
                return self.steps.get(inner.get("code"))
        return None


Table = dict[Generation, Step]


def table(block: str | None, *rows: Row) -> Table:
    """`block` is where the items are defined; None for technical values, which the definition does not know."""
    leaves = [(row, item_of(block, row.item) if block else None) for row in rows]
    return {1: _compile(leaves, 1), 2: _compile(leaves, 2)}


def _compile(leaves: Sequence[Leaf], generation: Generation) -> Step:
    root = Step()
    for leaf in leaves:
        path = leaf[0].gen1 if generation == 1 else leaf[0].gen2
        if path is not None:
            for step in _grow([root], path.split("/")):
                step.rows.append(leaf)
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
    steps = [branch.steps.setdefault(value, Step()) for value in values]
    if attribute is None and child is None:
        (branch.only,) = steps
    return steps


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


def read(table: Table, element: _Element, reading: Reading) -> Answers:
    """The filled answers of a table below `element`, in their canonical shapes."""
    leaves: list[tuple[Leaf, _Element]] = []
    _walk(table[reading.generation], element, reading, leaves)
    answers: Answers = {}
    for (row, item), found in leaves:
        raw = row.read(found, reading)
        value = raw if item is None or raw is None else accept(item, raw, found, reading)
        if value is not None:
            _put(row, item, value, answers, found, reading)
    return answers


def _put(row: Row, item: Item | None, value: Any, answers: Answers, found: _Element, reading: Reading) -> None:
    """Of an answer given twice where one is expected, the first is kept."""
    if item is not None and item.multiple:
        answers.setdefault(row.item, []).append(value)
    elif row.joined is not None and item is not None and row.item in answers:
        answers[row.item] = accept(item, f"{answers[row.item]}{row.joined}{value}", found, reading) or answers[row.item]
    elif answers.setdefault(row.item, value) != value:
        reading.warn("W-REPEATED", "Réponse donnée plusieurs fois : la première est gardée.", found)


def _walk(step: Step, element: _Element, reading: Reading, leaves: list[tuple[Leaf, _Element]]) -> None:
    """Gathers what stands below `element`, in the order of the document; nullFlavor is empty (U2)."""
    following = step.next
    for child in element:
        branches = following.get(child.tag)
        if branches is None or child.get("nullFlavor"):
            continue
        for branch in branches:
            found = branch.only or branch.of(child)
            if found is None:
                continue
            if child.get("negationInd") == "true":
                reading.warn("W-NEGATION", "Réponse niée, ignorée : la négation n’est pas prévue ici.", child)
                continue
            if found.rows:
                leaves += [(leaf, child) for leaf in found.rows]
            if found.next:
                _walk(found, child, reading, leaves)


def descend(element: _Element, path: str) -> list[_Element]:
    """The elements at the end of a bare path (tags only)."""
    found = [element]
    for tag in _tags(path):
        found = [child for place in found for child in place.iterchildren(tag) if not child.get("nullFlavor")]
    return found


@cache
def _tags(path: str) -> tuple[str, ...]:
    return tuple(map(_qualified, path.split("/")))
