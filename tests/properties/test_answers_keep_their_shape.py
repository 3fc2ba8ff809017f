"""Reading an answer gives its one shape: reading it again changes nothing, for every item of the SDM."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.sdm.answers import IllTyped
from app.sdm.check import check_block
from app.sdm.definition import BLOCKS, all_items
from app.sdm.model import Item
from tests.answers_strategies import answer_for, answers_for

ITEMS = [item for _, item in all_items()]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["code", "system", "label", "value", "unit"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=10)
@given(data=st.data())
@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
def test_a_valid_answer_is_read_unchanged(item: Item, data: st.DataObject) -> None:
    answer = data.draw(answer_for(item))

    read = item.read(answer)

    assert item.read(read) == read
    assert item.read(json.loads(json.dumps(read))) == read


@settings(max_examples=300)
@given(item=st.sampled_from(ITEMS), raw=ANYTHING)
def test_anything_is_read_once_for_all_or_refused_in_french(item: Item, raw: Any) -> None:
    try:
        read = item.read(raw)
    except IllTyped:
        return

    assert item.read(read) == read
    json.dumps(read, allow_nan=False).encode("utf-8")


@pytest.mark.parametrize("block", BLOCKS.values(), ids=lambda block: block.name)
@settings(max_examples=40)
@given(data=st.data())
def test_a_check_always_answers(block: Any, data: st.DataObject) -> None:
    answers = data.draw(answers_for(block))

    for problem in check_block(block, answers):
        assert block.item(problem.item) is not None
        assert problem.message
