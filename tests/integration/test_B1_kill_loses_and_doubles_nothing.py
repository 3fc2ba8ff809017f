"""B1: `kill -9` at any named step loses nothing, doubles nothing, leaves no halves. B10: three times is enough."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest

from app.cda import crash, inbox
from app.config import Settings
from app.tenants.hospital import Hospital
from tests.killed_workers import child_of, killed_everywhere, run_until_killed
from tests.receiving import patient_document, receiving_hospital, rows, send, states


def test_there_are_ten_steps_at_least() -> None:
    assert len(set(crash.STEPS)) >= 10


@pytest.mark.timeout(300)
def test_a_worker_killed_at_any_step_is_replaced_without_a_trace(
    database: Settings, open_hospital_for_test: Callable[..., Hospital]
) -> None:
    assert killed_everywhere(database, open_hospital_for_test, crash.STEPS) == {}


def test_B10_a_document_that_kills_its_worker_is_set_aside_after_three_times(
    database: Settings, open_hospital_for_test: Callable[..., Hospital]
) -> None:
    """Those received with it lose nothing: only the document at work counts the later crashes."""
    hospital = receiving_hospital(open_hospital_for_test)
    for number in (1, 2, 3):
        send(hospital, patient_document(number))
    deaths = [child_of(hospital.code, at) for at in ("document.parsed:2", "document.parsed:2", "document.parsed")]

    assert run_until_killed(database, deaths) == [signal.SIGKILL] * 3
    assert rows(hospital, "select state, attempts from received_document order by seq") == [
        ("integrated", 2),
        ("pending", 3),
        ("pending", 1),
    ]

    inbox.drain(hospital.code)

    assert states(hospital) == {"integrated": 2, "quarantined": 1}
    assert rows(hospital, "select code from received_document where state = 'quarantined'") == [("E-CRASH",)]


@pytest.mark.parametrize("mode", ["production", "demo"])
def test_the_hook_of_the_drills_is_deaf_outside_tests(mode: str) -> None:
    crash.arm({"BAMARA_MODE": mode, "BAMARA_CRASH_AT": "drain.locked"})

    assert crash._fatal_step == ""
