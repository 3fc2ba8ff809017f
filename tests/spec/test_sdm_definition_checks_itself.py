"""A definition that contradicts itself is refused at import, and says where (DefinitionError)."""

from __future__ import annotations

import pytest

from app.sdm.answers import Coded, Group, PartialDate, Text, YesNo
from app.sdm.coherence import NotBefore
from app.sdm.conditions import Both, Either, IsTrue, Not
from app.sdm.constraints import Between, InsKey, OneOf, RequiredWhen
from app.sdm.definition import BLOCKS, PARENTS
from app.sdm.model import Block, DefinitionError, Item, Merge
from app.sdm.self_check import check_definition

GOOD = Item("good", "Bon", YesNo(), help="Aide.")


def block_of(*items: Item, name: str = "essai") -> Block:
    return Block(name, "Essai", "Essais", Merge.COMPETITIVE, items)


BROKEN = {
    "unknown value set": (Item("coded", "L", Coded(("1.2",), "JDV_Inconnu"), help="Aide."), "JDV_Inconnu"),
    "unknown item in a condition": (Item("shown", "L", Text(), shown_when=IsTrue("ghost"), help="Aide."), "ghost"),
    "unknown item inside conditions": (
        Item("shown", "L", Text(), shown_when=Either((Not(IsTrue("good")), Both((IsTrue("ghost"),)))), help="Aide."),
        "ghost",
    ),
    "unknown item in a required-when": (
        Item("needed", "L", Text(), constraints=(RequiredWhen(IsTrue("ghost")),), help="Aide."),
        "ghost",
    ),
    "unknown item in a comparison": (
        Item("date", "L", PartialDate(), constraints=(NotBefore("ghost", "Trop tôt."),), help="Aide."),
        "ghost",
    ),
    "bounds on a text": (Item("text", "L", Text(), constraints=(Between(1, 2),), help="Aide."), "Between"),
    "INS key on a date": (Item("date", "L", PartialDate(), constraints=(InsKey(),), help="Aide."), "InsKey"),
    "list of codes on a yes/no": (Item("flag", "L", YesNo(), constraints=(OneOf(),), help="Aide."), "OneOf"),
    "constraint that nobody can satisfy": (
        Item("sent", "L", Text(), constraints=(InsKey(),), typed=False, help="Aide."),
        "sent",
    ),
    "unknown edition": (Item("old", "L", Text(), since="1999.01", help="Aide."), "1999.01"),
    "no label": (Item("mute", "", Text(), help="Aide."), "mute"),
    "no help": (Item("mute", "L", Text()), "mute"),
    "fault inside a group": (
        Item("list", "L", Group((Item("inner", "L", Text(), constraints=(Between(1, 2),), help="A."),)), help="A."),
        "inner",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_definition_is_refused_by_name(case: str) -> None:
    item, named = BROKEN[case]

    with pytest.raises(DefinitionError, match=named):
        check_definition({"essai": block_of(GOOD, item)}, {})


def test_two_items_of_one_name_in_a_block_are_refused() -> None:
    with pytest.raises(DefinitionError, match="good"):
        block_of(GOOD, GOOD)


def test_two_items_of_one_name_in_two_blocks_are_refused() -> None:
    with pytest.raises(DefinitionError, match="good"):
        check_definition({"a": block_of(GOOD, name="a"), "b": block_of(GOOD, name="b")}, {})


def test_every_fault_is_told_at_once() -> None:
    items = [Item("one", "", Text(), help="Aide."), Item("two", "L", Text(), since="1999.01", help="Aide.")]

    with pytest.raises(DefinitionError) as refusal:
        check_definition({"essai": block_of(*items)}, {})

    assert "one" in str(refusal.value)
    assert "two" in str(refusal.value)


def test_a_sound_definition_passes() -> None:
    check_definition({"essai": block_of(GOOD, Item("other", "L", Text(), shown_when=IsTrue("good"), help="Aide."))}, {})
    check_definition(BLOCKS, PARENTS)

    assert set(PARENTS) <= set(BLOCKS)
