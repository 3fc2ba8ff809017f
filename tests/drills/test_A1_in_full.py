"""A1 in full: everybody of a hospital asks every route, by every method, for all that is another's; and the reverse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from app import create_app
from app.config import Settings
from app.tenants.hospital import Hospital
from tests.aviaries import STEM, aviary
from tests.canaries import everywhere_else, found_in, rows_of, written_log
from tests.trespassers import trespass, trespassers

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ENOUGH = 10_000


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("way", ["there", "back"])
def test_ten_thousand_attempts(database: Settings, open_hospital_for_test: Callable[..., Hospital], way: str) -> None:
    app = create_app(replace(database, mode="demo"))
    made = [("VERT", 1914, 1), ("NOIR", 1915, 3)][:: 1 if way == "there" else -1]
    two = {rows: aviary(open_hospital_for_test, colour, year, rows) for colour, year, rows in made}
    home, other = two[1], two[3]
    people = trespassers(app, home, other)
    before = list(rows_of(other.hospital.schema))
    with written_log() as log:
        tally = trespass(people, home, other, METHODS, thorough=True)

    assert (tally.leaks, tally.told_apart, tally.accidents) == ([], [], [])
    assert list(rows_of(other.hospital.schema)) == before
    words = (*home.words, *other.words, STEM)
    written = [
        *(("log", line) for line in log),
        *everywhere_else(app.config["SETTINGS"], home.hospital, other.hospital),
    ]
    assert [(place, found) for place, line in written if (found := found_in(line, words))] == []
    assert tally.attempts >= ENOUGH
