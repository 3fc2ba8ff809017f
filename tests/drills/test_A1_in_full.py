"""A1 in full: both hospitals try the other, by every method, ten thousand times and more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from app import create_app
from app.config import Settings
from app.tenants.hospital import Hospital
from tests.canaries import STEM, aviary, everywhere_else, found_in, rows_of, written_log
from tests.trespassers import trespass, trespassers

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ENOUGH = 10_000


@pytest.mark.timeout(3600)
def test_ten_thousand_attempts(database: Settings, open_hospital_for_test: Callable[..., Hospital]) -> None:
    app = create_app(replace(database, mode="demo"))
    two = aviary(open_hospital_for_test, "VERT", 1914), aviary(open_hospital_for_test, "NOIR", 1915, proposals=3)
    attempts = 0
    with written_log() as log:
        for home, other in (two, two[::-1]):
            people = trespassers(app, home, other)
            before = list(rows_of(other.hospital.schema))
            tally = trespass(people, home, other, METHODS, thorough=True)
            attempts += tally.attempts
            assert (tally.leaks, tally.told_apart(), tally.accidents) == ([], [], [])
            assert list(rows_of(other.hospital.schema)) == before

    words = (*two[0].words, *two[1].words, STEM)
    written = [
        *(("log", line) for line in log),
        *everywhere_else(app.config["SETTINGS"], *(one.hospital for one in two)),
    ]
    assert [(place, found) for place, line in written if (found := found_in(line, words))] == []
    assert attempts >= ENOUGH
