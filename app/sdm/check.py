"""What is missing or incoherent in one block: the quality state, the forms and the fiche all ask here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.sdm.answers import Group, Value
from app.sdm.constraints import Constraint, Severity
from app.sdm.model import Block, Item
from app.sdm.view import Context, View

BORN = Context()


@dataclass(frozen=True, slots=True)
class Problem:
    """`item` is the item's name (the grouped list's name for an item inside it); `message` a French sentence."""

    item: str
    message: str
    severity: Severity


def check_block(block: Block, answers: Mapping[str, Value], context: Context = BORN) -> list[Problem]:
    """The problems of a block, in the order of its items."""
    view = View(block.by_name, answers, context)
    asked = [item for item in block.checked if item.asked_when_empty or answers.get(item.name) is not None]
    return [problem for item in asked for problem in _problems_of(item, view)]


def is_shown(item: Item, view: View) -> bool:
    return item.shown_when is None or item.shown_when.holds(view)


def _problems_of(item: Item, view: View) -> Iterator[Problem]:
    """An empty answer can only be missing, and only where the item is shown; a given one only be incoherent."""
    value = view.value(item.name)
    for constraint in _asked(item, value, view):
        if constraint.refuses(item, value, view):
            yield Problem(item.name, constraint.sentence(item), constraint.severity)
    if isinstance(item.answer, Group) and isinstance(value, list):
        yield from _problems_inside(item, item.answer, value, view)


def _asked(item: Item, value: Value | None, view: View) -> tuple[Constraint, ...]:
    if value is not None:
        return item.asked_when_given
    return item.asked_when_empty if item.asked_when_empty and is_shown(item, view) else ()


def _problems_inside(item: Item, group: Group, entries: list[Any], view: View) -> Iterator[Problem]:
    """Problems of a grouped list, told on the list: « Maladie rare du premier cas (2) : … »."""
    inner = {one.name: one for one in group.items}
    context = replace(view.context, parent={**view.context.parent, **view.answers})
    for place, entry in enumerate(entries, start=1):
        inside = View(inner, entry, context)
        number = f" ({place})" if len(entries) > 1 else ""
        for one in group.items:
            for problem in _problems_of(one, inside):
                yield Problem(item.name, f"{one.label}{number} : {problem.message}", problem.severity)
