"""Valid answers for any item of the SDM, for property tests: `answer_for(item)`, `answers_for(block)`.

They are well typed and canonical (`item.read` gives them back unchanged); they need not be coherent together.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from app.sdm import oids
from app.sdm.answers import Coded, Group, PartialDate, Quantity, Text, WholeNumber, YesNo
from app.sdm.constraints import Between
from app.sdm.model import Block, Item
from app.sdm.value_sets import VALUE_SETS

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=30)
TEXTS = WORDS.map(str.strip).filter(bool)
DATES = st.dates().map(lambda day: day.isoformat())
PARTIAL_DATES = st.one_of(DATES, DATES.map(lambda day: day[:7]), DATES.map(lambda day: day[:4]))

SAMPLE_CODES = {
    oids.HPO: "HP:0001250",
    oids.HGNC: "HGNC:1884",
    oids.ORPHA_DISEASES: "558",
    oids.ORPHA_GROUPS: "98006",
    oids.CIM_10: "R26.0",
    oids.EMEA: "EMEA/H/C/002221",
    oids.ATC: "L01BC08",
    oids.ICF: "b117.3",
    oids.COMMUNES: "75056",
    oids.COUNTRIES: "FR",
}


def answers_for(block: Block) -> st.SearchStrategy[dict[str, Any]]:
    """Any subset of the block's items, each with a valid answer. Identifiers are not answers: they are left out."""
    return st.fixed_dictionaries(
        {}, optional={item.name: answer_for(item) for item in block.items if item.identifier is None}
    )


def answer_for(item: Item) -> st.SearchStrategy[Any]:
    if isinstance(item.answer, Group):
        return st.lists(_entries(item.answer), min_size=1, max_size=3)
    one = _one_answer(item)
    return st.lists(one, min_size=1, max_size=4) if item.multiple else one


def _entries(group: Group) -> st.SearchStrategy[dict[str, Any]]:
    inner = {item.name: answer_for(item) for item in group.items}
    return st.fixed_dictionaries({}, optional=inner).filter(bool)


def _one_answer(item: Item) -> st.SearchStrategy[Any]:
    match item.answer:
        case Text(max_length=limit):
            return TEXTS.map(lambda text: text[:limit].strip()).filter(bool)
        case PartialDate():
            return PARTIAL_DATES
        case YesNo():
            return st.booleans()
        case WholeNumber():
            return st.integers(*_bounds(item))
        case Quantity(unit=unit):
            return st.integers(*_bounds(item)).map(lambda number: {"value": number, "unit": unit})
        case Coded():
            return _codes(item.answer)
        case other:
            raise AssertionError(f"no strategy for {other}")


def _bounds(item: Item) -> tuple[int, int]:
    ranges = [constraint for constraint in item.constraints if isinstance(constraint, Between)]
    return (int(ranges[0].low), int(ranges[0].high)) if ranges else (0, 1000)


def _codes(answer: Coded) -> st.SearchStrategy[dict[str, str]]:
    """Codes of today and of yesterday: both are accepted (O6)."""
    if answer.value_set:
        value_set = VALUE_SETS[answer.value_set]
        concepts = [(one.system, one.code, one.label) for one in (*value_set.current, *value_set.former)]
    else:
        concepts = [(system, SAMPLE_CODES[system], "") for system in answer.systems if system in SAMPLE_CODES]
    return st.sampled_from(concepts).map(lambda one: {"system": one[0], "code": one[1], "label": one[2]})
