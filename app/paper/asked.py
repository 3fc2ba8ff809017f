"""Is an item asked on paper, must it be answered, and under which condition? Said before any answer is known. Pure.

Nobody can hide a question on a sheet: what hangs on an answer is printed with its « si … ». What hangs on the fiche
alone (born or not) is settled when the sheet is made.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.fiches.help.say_condition import say_condition
from app.sdm.conditions import Condition
from app.sdm.constraints import Required, RequiredWhen
from app.sdm.model import Block, Item
from app.sdm.view import Context, View

ALWAYS, SOMETIMES, NEVER = "*", "(*)", ""


@dataclass(frozen=True, slots=True)
class Asked:
    """`mark` stands beside the label; `when` is « si … », or "" for whoever fills the sheet."""

    mark: str
    when: str


def asked(item: Item, block: Block, context: Context) -> Asked | None:
    """None: this item is not asked of such a fiche."""
    if not item.typed or (item.shown_when and _settled(item.shown_when, context) is False):
        return None
    mark, reason = _mark(item, block, context)
    when = f"si {say_condition(item.shown_when, block)}" if item.shown_when and not _is_settled(item.shown_when) else ""
    return Asked(mark, when or reason)


def _mark(item: Item, block: Block, context: Context) -> tuple[str, str]:
    """The mark, and the reason of one that does not always hold."""
    for constraint in item.asked_when_empty:
        match constraint:
            case Required():
                return ALWAYS, ""
            case RequiredWhen(condition, reason):
                match _settled(condition, context):
                    case True:
                        return ALWAYS, ""
                    case None:
                        return SOMETIMES, f"obligatoire {reason or f'si {say_condition(condition, block)}'}"
    return NEVER, ""


def _settled(condition: Condition, context: Context) -> bool | None:
    """True or False when no answer can change it; None otherwise."""
    return condition.holds(View({}, {}, context)) if _is_settled(condition) else None


def _is_settled(condition: Condition) -> bool:
    return not condition.watched
