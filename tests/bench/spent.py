"""What an operation costs: time on the wall, and processor time of each group of processes.

The processor's time hardly depends on what else the machine does, and says what two cores could do at most.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import psutil


@dataclass
class Spent:
    """Seconds, filled when the measure ends."""

    wall: float = 0.0
    processor: dict[str, float] = field(default_factory=dict)

    @property
    def total(self) -> float:
        return sum(self.processor.values())


@contextmanager
def spending(groups: Mapping[str, Sequence[psutil.Process]]) -> Iterator[Spent]:
    """Each group is processes with all they started, those that ended meanwhile included."""
    spent, before, start = Spent(), _read(groups), time.perf_counter()
    yield spent
    spent.wall = time.perf_counter() - start
    spent.processor = {name: seconds - before[name] for name, seconds in _read(groups).items()}


def _read(groups: Mapping[str, Sequence[psutil.Process]]) -> dict[str, float]:
    return {name: sum(_of(process) for process in processes) for name, processes in groups.items()}


def _of(process: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        living = sum(sum(child.cpu_times()[:2]) for child in process.children())
        return sum(process.cpu_times()[:4]) + living  # its own, and that of the children it has buried
    return 0.0
