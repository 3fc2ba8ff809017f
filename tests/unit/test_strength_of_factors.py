"""How much a factor proves: which are asked for after the password, when they may be changed, when one must stay."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from app.accounts.factors.strength import (
    MINIMUMS,
    STRENGTH,
    WAYS,
    Allowed,
    Enrolled,
    Minimum,
    ProveFirst,
    StillDemanded,
    Way,
    may_change,
    may_remove,
    suffices,
    ways,
    ways_reaching,
)

NOTHING = Enrolled()
APP = Enrolled(app=True, recovery_codes=10)
KEY = Enrolled(passkeys=1, recovery_codes=10)
BOTH = Enrolled(app=True, passkeys=2, recovery_codes=3)


def demanded(enrolled: Enrolled, *minimums: str) -> Enrolled:
    return replace(enrolled, minimums=minimums)


def test_the_tables_cover_every_way_and_every_minimum() -> None:
    assert set(WAYS) == set(get_args(Way))
    assert tuple(get_args(Minimum)) == MINIMUMS
    assert set(STRENGTH) == {"mail", "app", "passkey", "recovery", "outside"}


@pytest.mark.parametrize(
    ("minimum", "enough"),
    [
        ("mail", {"mail", "app", "recovery", "passkey", "outside"}),
        ("app", {"app", "recovery", "passkey", "outside"}),
        ("passkey", {"passkey", "outside"}),
    ],
)
def test_what_a_hospital_accepts(minimum: str, enough: set[str]) -> None:
    assert {factor for factor in STRENGTH if suffices(factor, minimum)} == enough
    assert not suffices(None, minimum)


@pytest.mark.parametrize(
    ("enrolled", "asked_for"),
    [
        (NOTHING, ("mail",)),
        (APP, ("app", "mail", "recovery")),
        (KEY, ("passkey", "mail", "recovery")),
        (BOTH, ("passkey", "app", "mail", "recovery")),
        (demanded(NOTHING, "passkey"), ("mail",)),  # how they come in to add a key
        (demanded(APP, "app"), ("app", "recovery")),
        (demanded(APP, "app", "mail"), ("app", "mail", "recovery")),  # another hospital accepts it
        (demanded(APP, "passkey"), ("app", "recovery")),
        (demanded(replace(APP, recovery_codes=0), "app"), ("app",)),
    ],
)
def test_the_strongest_is_asked_first(enrolled: Enrolled, asked_for: tuple[str, ...]) -> None:
    assert ways(enrolled) == asked_for


@pytest.mark.parametrize(
    ("enrolled", "minimum", "open_ways"),
    [
        (NOTHING, "app", ()),
        (NOTHING, "mail", ("mail",)),
        (APP, "app", ("app", "recovery")),
        (APP, "passkey", ("recovery",)),
        (BOTH, "passkey", ("passkey", "recovery")),
    ],
)
def test_what_proves_more_to_a_person_already_in(enrolled: Enrolled, minimum: str, open_ways: tuple[str, ...]) -> None:
    assert ways_reaching(enrolled, minimum) == open_ways


@pytest.mark.parametrize(
    ("factor", "proved_now", "enrolled", "verdict"),
    [
        ("mail", True, NOTHING, Allowed()),
        ("mail", False, NOTHING, ProveFirst("mail")),  # a browser remembered from this morning
        ("mail", True, APP, ProveFirst("app")),
        ("mail", True, KEY, ProveFirst("passkey")),
        ("app", True, APP, Allowed()),
        ("app", True, BOTH, ProveFirst("passkey")),
        ("passkey", True, BOTH, Allowed()),
        ("passkey", False, BOTH, ProveFirst("passkey")),
        ("recovery", True, BOTH, Allowed()),  # what they had is lost
        ("outside", True, BOTH, Allowed()),
        (None, True, NOTHING, ProveFirst("mail")),
    ],
)
def test_nobody_changes_factors_with_less_than_their_best(
    factor: str | None, proved_now: bool, enrolled: Enrolled, verdict: object
) -> None:
    assert may_change(factor, proved_now=proved_now, enrolled=enrolled) == verdict


@pytest.mark.parametrize(
    ("enrolled", "left", "verdict"),
    [
        (demanded(APP, "mail"), NOTHING, Allowed()),
        (demanded(APP, "mail", "app"), NOTHING, StillDemanded("app")),
        (demanded(BOTH, "app"), KEY, Allowed()),
        (demanded(BOTH, "passkey"), APP, StillDemanded("passkey")),
        (demanded(APP, "passkey"), NOTHING, Allowed()),  # it was not enough anyway
    ],
)
def test_a_factor_that_a_hospital_demands_stays(enrolled: Enrolled, left: Enrolled, verdict: object) -> None:
    assert may_remove(enrolled, replace(left, minimums=enrolled.minimums)) == verdict
