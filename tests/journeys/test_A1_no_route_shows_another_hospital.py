"""A1: whatever the route, the role and what is asked, nothing of another hospital is shown, changed, or told apart from
what does not exist. Here two thousand attempts and more; `make drills` makes ten thousand and more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from app import create_app
from app.accounts.permissions import GRANTS
from app.config import Settings
from app.tenants.hospital import Hospital
from tests.aviaries import NOT_A_HOSPITALS, STEM, Aviary, aviary
from tests.canaries import everywhere_else, found_in, rows_of, written_log
from tests.trespassers import READERS, Tally, trespass, trespassers

ENOUGH = 1000


@pytest.fixture(scope="module")
def app_as_served(database: Settings) -> Flask:
    """Not in test mode: an accident becomes the page that people would see."""
    return create_app(replace(database, mode="demo"))


@pytest.fixture
def two(open_hospital_for_test: Callable[..., Hospital]) -> tuple[Aviary, Aviary]:
    return aviary(open_hospital_for_test, "ROUGE", 1911), aviary(open_hospital_for_test, "BLEU", 1912, rows=3)


@pytest.mark.timeout(400)
def test_nothing_of_another_hospital_is_shown_changed_or_written_anywhere(
    app_as_served: Flask, two: tuple[Aviary, Aviary]
) -> None:
    home, other = two
    people = trespassers(app_as_served, home, other)
    before = list(rows_of(other.hospital.schema))

    with written_log() as log:
        tally = trespass(people, home, other)

    assert tally.attempts >= ENOUGH
    assert tally.leaks == []
    assert tally.told_apart == []
    assert tally.accidents == []
    assert list(rows_of(other.hospital.schema)) == before
    words = (*home.words, *other.words, STEM)
    assert [line for line in log if found_in(line, words)] == []
    written = everywhere_else(app_as_served.config["SETTINGS"], home.hospital, other.hospital)
    assert [(place, found) for place, line in written if (found := found_in(line, words))] == []
    assert_only_readers_read(tally)


def test_whatever_an_address_may_name_is_tried(app_as_served: Flask, two: tuple[Aviary, Aviary]) -> None:
    blanks = {blank for rule in app_as_served.url_map.iter_rules() for blank in rule.arguments}
    assert blanks == two[0].named.keys() | NOT_A_HOSPITALS
    assert not two[0].named.keys() & NOT_A_HOSPITALS


def assert_only_readers_read(tally: Tally) -> None:
    """The scan sees what is shown: those who may read did read; the others read nothing, not even of their own."""
    assert {role for role, seen in tally.own.items() if seen} == READERS
    assert set(GRANTS) > READERS
