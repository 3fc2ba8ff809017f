"""A condition of the definition, said in French with the labels of its items and of its codes."""

from __future__ import annotations

from app.sdm.answers import Coded
from app.sdm.conditions import AnyOf, BeganBeforeBirth, Born, Both, Condition, Either, Filled, Is, Not, Unborn
from app.sdm.definition import BLOCKS
from app.sdm.model import Block, Item
from app.sdm.value_sets import find_concept


def say_condition(condition: Condition, block: Block) -> str:
    match condition:
        case Born():
            return "le patient est né"
        case Unborn():
            return "la fiche est celle d’un fœtus"
        case BeganBeforeBirth():
            return "la fiche a commencé avant la naissance"
        case Filled(item):
            return f"« {_label(item, block)} » est rempli"
        case Is(item, value):
            return f"« {_label(item, block)} » est {'oui' if value else 'non'}"
        case AnyOf(item, codes):
            return f"« {_label(item, block)} » est " + " ou ".join(_code(item, code, block) for code in codes)
        case Not(inner):
            return f"il est faux que {say_condition(inner, block)}"
        case Either(conditions):
            return " ou ".join(say_condition(one, block) for one in conditions)
        case Both(conditions):
            return " et ".join(say_condition(one, block) for one in conditions)
        case _:
            raise TypeError(f"condition without words: {type(condition).__name__}")


def _label(name: str, block: Block) -> str:
    item = _find(name, block)
    return item.label if item else name


def _code(name: str, code: str, block: Block) -> str:
    item = _find(name, block)
    answer = item.answer if item else None
    concept = find_concept(answer.value_set, code) if isinstance(answer, Coded) and answer.value_set else None
    return f"« {concept.label} »" if concept else f"« {code} »"


def _find(name: str, block: Block) -> Item | None:
    """An item of the block, else of any other: a condition may look at the patient or at the parent block."""
    return block.item(name) or next((item for one in BLOCKS.values() if (item := one.item(name))), None)
