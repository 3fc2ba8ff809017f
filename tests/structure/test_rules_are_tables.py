"""Order and choice are tables: each covers its enum, and each code that the rules can raise has a test."""

from __future__ import annotations

import pytest

from app.cda.ladder import FETUS_LADDER, LADDER
from app.cda.reconcile_items import REPEATED, UNITARY, never_touched
from app.sdm.model import Merge


@pytest.mark.parametrize("table", [UNITARY, REPEATED], ids=["unitary", "repeated"])
def test_every_merge_class_has_its_rule(table):
    assert set(table) == set(Merge)


@pytest.mark.parametrize("table", [UNITARY, REPEATED], ids=["unitary", "repeated"])
def test_U7_nothing_outside_the_sdm_is_ever_touched(table):
    assert table[Merge.OUTSIDE] is never_touched
    assert table[Merge.TECHNICAL] is never_touched


def test_I1_the_order_of_the_ladder():
    assert [rung.name for rung in LADDER] == ["INS", "INS-C", "IPP", "IdMR"]
    assert {rung.kind for rung in LADDER} == {"born"}


def test_I8b_the_order_of_the_fetus_ladder():
    assert [(rung.name, rung.kind) for rung in FETUS_LADDER] == [
        ("identifiant de fœtus", "fetus"),
        ("ancien identifiant de fœtus", "born"),
        ("IPP du nouveau-né", "born"),
    ]
