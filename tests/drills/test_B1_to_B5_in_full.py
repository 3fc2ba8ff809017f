"""B1 to B5 at full counts."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from redis import Redis

from app import doorbell
from app.cda import crash, inbox, jobs
from app.config import Settings
from app.tenants.hospital import Hospital
from tests.killed_workers import killed_everywhere
from tests.receiving import number_of, patient_document, receiving_hospital, send, states

ONCE = ("job.started",)
PASSAGES = ("", ":2")


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("attempt", range(5))
def test_B1_a_kill_at_each_step_and_at_its_second_passage(
    database: Settings, open_hospital_for_test: Callable[..., Hospital], attempt: int
) -> None:
    steps = [step + passage for step in crash.STEPS for passage in PASSAGES if not (step in ONCE and passage)]

    assert killed_everywhere(database, open_hospital_for_test, steps) == {}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("attempt", range(5))
def test_B2_fifty_senders_and_eight_workers(open_hospital_for_test: Callable[..., Hospital], attempt: int) -> None:
    hospital, body = receiving_hospital(open_hospital_for_test), patient_document(1)
    with ThreadPoolExecutor(58) as everyone:
        sent = [everyone.submit(send, hospital, body) for _ in range(50)]
        drained = [everyone.submit(inbox.drain, hospital.code) for _ in range(8)]
    assert all(future.exception() is None for future in (*sent, *drained))
    inbox.drain(hospital.code)

    assert states(hospital) == {"integrated": 1, "archived_resend": 49}


@pytest.mark.timeout(1800)
def test_B4_two_hundred_rounds_of_two_documents_sharing_an_identifier(
    open_hospital_for_test: Callable[..., Hospital],
) -> None:
    hospital = receiving_hospital(open_hospital_for_test)

    def send_and_drain(body: bytes) -> None:
        send(hospital, body)
        inbox.drain(hospital.code)

    with ThreadPoolExecutor(2) as senders:
        for number in range(200):
            list(senders.map(send_and_drain, (patient_document(number, 1), patient_document(number, 2))))
    inbox.drain(hospital.code)

    assert number_of(hospital, "fiche") == 200
    assert sum(states(hospital).values()) == 400


@pytest.mark.timeout(1800)
def test_B5_a_thousand_documents_while_redis_is_flushed_lost_and_found(
    settings: Settings, open_hospital_for_test: Callable[..., Hospital]
) -> None:
    hospital = receiving_hospital(open_hospital_for_test)
    gone = replace(settings, redis_url="redis://127.0.0.1:1/0")
    try:
        for number in range(1000):
            if number % 100 == 0:
                doorbell.configure(gone if number // 100 % 2 else settings)
            if number % 250 == 0:
                Redis.from_url(settings.redis_url).flushdb()
            send(hospital, patient_document(number))
    finally:
        doorbell.configure(settings)
    began = time.monotonic()
    while "pending" in states(hospital) and time.monotonic() - began < 60:
        doorbell.configure(gone)
        jobs.sweep()
    doorbell.configure(settings)

    assert states(hospital) == {"integrated": 1000}
