"""Conditions as the page evaluates them while one types: the same conditions, as data. Pure.

{"any": [item, [values]]} · {"is": [item, "oui"]} · {"filled": item} · {"not": …} · {"either": […]} · {"both": […]},
or true or false for what no input of the page can change.
"""

from __future__ import annotations

from typing import Any

from app.forms.kinds.yes_no import NO, YES
from app.sdm.answers import Coded
from app.sdm.conditions import AnyOf, Both, Condition, Either, Filled, Is, Not
from app.sdm.constraints import Required, RequiredWhen
from app.sdm.model import Item
from app.sdm.value_sets import VALUE_SETS, current_code
from app.sdm.view import View

Watched = bool | dict[str, Any]


def as_watched(condition: Condition, view: View) -> Watched:
    """`view` answers for what stands outside the block: the patient, the pregnancy, the kind of fiche."""
    match condition:
        case Not(inner):
            return _negate(as_watched(inner, view))
        case Either(conditions):
            return _gather("either", conditions, view, settles=True)
        case Both(conditions):
            return _gather("both", conditions, view, settles=False)
        case AnyOf(item, codes) if item in view.items:
            return {"any": [item, _values(view.items[item], codes)]}
        case Is(item, value) if item in view.items:
            return {"is": [item, YES if value else NO]}
        case Filled(item) if item in view.items:
            return {"filled": item}
        case _:
            return condition.holds(view)


def demand(item: Item, view: View) -> Watched:
    """When the item must be answered."""
    for constraint in item.asked_when_empty:
        match constraint:
            case Required():
                return True
            case RequiredWhen(condition):
                return as_watched(condition, view)
    return False


def _negate(watched: Watched) -> Watched:
    return not watched if isinstance(watched, bool) else {"not": watched}


def _gather(word: str, conditions: tuple[Condition, ...], view: View, *, settles: bool) -> Watched:
    """`settles`: the constant that decides alone."""
    parts = [as_watched(one, view) for one in conditions]
    if settles in parts:
        return settles
    open_ones = [part for part in parts if not isinstance(part, bool)]
    return {word: open_ones} if open_ones else not settles


def _values(item: Item, codes: tuple[str, ...]) -> list[str]:
    """Every value of an input that means one of these codes today: former codes too, with their system or not."""
    assert isinstance(item.answer, Coded)
    if item.answer.value_set is None:
        return list(codes)
    concepts = (one for held in VALUE_SETS[item.answer.value_set].by_code.values() for one in held)
    meaning = [one for one in concepts if current_code(item.answer.value_set, one.code) in codes]
    return sorted({value for one in meaning for value in (one.code, f"{one.system}|{one.code}")})
