"""Ingestion: documents a second from the inbox, through RQ and two workers, to the fiche; and what a worker holds.

Four hospitals; new patients, then their next versions, then the very same bytes again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import psutil

from app.tenants.hospital import Hospital
from tests.bench.inbox import Memory, check_states, settle_all
from tests.bench.ingestion_floor import Floor
from tests.bench.instance import Instance, instance
from tests.bench.patients import bench_hospital, document_of, feed
from tests.bench.spent import Spent, spending
from tests.bench.table import Bound, Row, figure

HOSPITALS = 4
WORKERS = 2
WARM_UP = 10
"""Documents of each kind and hospital before the clock runs: workers and PostgreSQL fill their caches once a day."""
CORES = 2


@dataclass(frozen=True)
class Kind:
    """A kind of document: which version is sent, the states it must end in, and what is asked of the figures."""

    name: str
    version: int
    state: str
    bounds: tuple[Bound, ...]


KINDS = (
    Kind("new patients", 1, "integrated", (Bound("≥", 150), Bound("≥", 0.5, of_floor=True))),
    Kind("updates", 2, "integrated", (Bound("≥", 0.5, of_floor=True),)),
    Kind("identical resends", 2, "archived_resend", (Bound("≥", 400),)),
)


def measure(quick: bool = False) -> list[Row]:
    with instance() as here:
        return list(_rows(here, patients=100 if quick else 1250))


def _rows(here: Instance, patients: int) -> Iterator[Row]:
    hospitals = [bench_hospital(f"B{number}") for number in range(1, HOSPITALS + 1)]
    floor = Floor(here, HOSPITALS * patients)
    expected: dict[str, int] = {}
    with here.workers(WORKERS) as workers:
        memory = Memory(workers)
        for kind in KINDS:
            for numbers in (range(WARM_UP), range(WARM_UP, patients)):
                spent = _integrate(here, hospitals, workers, memory, kind, numbers)
            expected[kind.state] = expected.get(kind.state, 0) + patients
            for hospital in hospitals:
                check_states(hospital, expected)
            yield from _figures(kind, HOSPITALS * (patients - WARM_UP), spent, floor.measure(kind.name))
        name = f"memory of a worker after {HOSPITALS * patients * len(KINDS)} documents"
        yield figure(name, memory.most, "MB", Bound("≤", 250))


def _integrate(
    here: Instance,
    hospitals: Sequence[Hospital],
    workers: Sequence[psutil.Process],
    memory: Memory,
    kind: Kind,
    numbers: range,
) -> Spent:
    for place, hospital in enumerate(hospitals):
        feed(hospital, [document_of(number * HOSPITALS + place, kind.version) for number in numbers])
    with spending(here.groups(workers=workers)) as spent:
        settle_all(hospitals, memory)
    return spent


def _figures(kind: Kind, documents: int, spent: Spent, floor: Spent) -> Iterator[Row]:
    """The second figure is the one to compare between runs: it hardly feels what else the machine does."""
    rate, floor_rate = documents / spent.wall, documents / floor.wall
    yield figure(f"ingestion, {kind.name}", rate, "documents/s", *kind.bounds, floor=floor_rate)
    per_document = 1000 * spent.total / documents
    floor_per_document = 1000 * floor.total / documents
    yield figure(f"  processor time, {_shares(spent.processor)}", per_document, "ms", floor=floor_per_document)


def _shares(processor: Mapping[str, float]) -> str:
    total = sum(processor.values()) or 1
    return ", ".join(f"{name} {100 * seconds / total:.0f} %" for name, seconds in processor.items())
