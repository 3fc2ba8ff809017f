"""Each part of the benchmark is described on the page that it writes: a run of twenty minutes must not end on a gap."""

from __future__ import annotations

from tests.bench.__main__ import PARTS
from tests.bench.report import PARTS as DESCRIBED


def test_every_part_of_the_benchmark_has_its_paragraph() -> None:
    assert set(DESCRIBED) == set(PARTS)
