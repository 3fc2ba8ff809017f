"""A3 in full: 8 threads, 12 000 sessions each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.tenants.hospital import Hospital
from tests.pooled_sessions import carried_over, mark


@pytest.mark.timeout(3600)
def test_ninety_six_thousand_sessions(open_hospital_for_test: Callable[..., Hospital]) -> None:
    hospitals = [open_hospital_for_test() for _ in range(8)]
    for hospital in hospitals:
        mark(hospital)

    assert carried_over(hospitals, threads=8, sessions=12_000, seed=3) == []
