"""The inboxes of the hospitals under measure: ring, wait until nothing waits, and check that nothing was lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import psutil

from app.cda import ingest, jobs
from app.cda.inbox import has_pending
from app.tenants.hospital import Hospital
from tests.bench.instance import RunFailed, wait_until

LONGEST_RUN = 1800  # seconds


class Memory:
    """The most that any of these processes held, in MB."""

    def __init__(self, processes: Sequence[psutil.Process]) -> None:
        self.processes, self.most = processes, 0.0

    def look(self) -> None:
        self.most = max(self.most, *(process.memory_info().rss / 1e6 for process in self.processes))


def settle_all(hospitals: Sequence[Hospital], memory: Memory) -> None:
    """Rings for every hospital at once, and returns when nothing is pending anywhere."""
    for hospital in hospitals:
        jobs.ring(hospital.code)
    waiting = list(hospitals)

    def nothing_waits() -> bool:
        memory.look()
        while waiting and not has_pending(waiting[-1].code):
            waiting.pop()
        return not waiting

    wait_until(nothing_waits, "documents", seconds=LONGEST_RUN)


def check_states(hospital: Hospital, expected: Mapping[str, int]) -> None:
    """Raises RunFailed: a figure about documents that were refused would be worth nothing."""
    counted = {state: number for state, number in ingest.count(hospital).items() if number and state != "received"}
    if counted != expected:
        raise RunFailed(f"{hospital.code}: expected {dict(expected)}, found {counted}")
