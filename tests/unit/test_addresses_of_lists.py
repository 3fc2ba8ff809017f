"""The header of a column sorts by it, then the other way round, then back."""

from __future__ import annotations

from app.fiches.lists.address import Address


def test_a_header_sorts_then_the_other_way_round_then_back() -> None:
    once = Address("site", tri="modifiee").sorted_by("naissance")
    twice = Address(**once).sorted_by("naissance")
    thrice = Address(**twice).sorted_by("naissance")
    assert [turn["tri"] for turn in (once, twice, thrice)] == ["naissance", "-naissance", "naissance"]


def test_a_list_nobody_sorted_is_sorted_by_name() -> None:
    assert Address("site").sorted_by("nom")["tri"] == "-nom"
