"""A3: whatever ended the last session, a connection taken from the pool is nobody's. In full: tests/drills."""

from __future__ import annotations

from collections.abc import Callable

from app.tenants.hospital import Hospital
from tests.pooled_sessions import carried_over, mark


def test_sessions_of_five_hospitals_on_one_pool(open_hospital_for_test: Callable[..., Hospital]) -> None:
    hospitals = [open_hospital_for_test() for _ in range(5)]
    for hospital in hospitals:
        mark(hospital)

    assert carried_over(hospitals, threads=8, sessions=100, seed=3) == []
