"""The doorbell: Redis says that there is something to do, PostgreSQL knows what; losing Redis loses nothing (B5)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from redis import Redis
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer

from app import doorbell
from app.cda import inbox, jobs
from app.config import Settings
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.receiving import CANARY, patient_document, receiving_hospital, send, states


@pytest.fixture
def redis(settings: Settings, database: Settings) -> Iterator[Redis]:
    """This worker's own Redis database, empty, with the bell on it."""
    doorbell.configure(settings)
    with Redis.from_url(settings.redis_url) as connection:
        connection.flushdb()
        yield connection
        connection.flushdb()


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    return receiving_hospital(open_hospital_for_test)


def test_one_job_waits_per_hospital_however_often_the_bell_rings(redis: Redis, hospital: Hospital) -> None:
    for number in range(20):
        send(hospital, patient_document(number))

    assert _waiting(redis) == 1


def test_the_job_takes_what_came_after_it_rang(redis: Redis, hospital: Hospital) -> None:
    for number in range(3):
        send(hospital, patient_document(number))

    _answer_the_bell(redis)

    assert states(hospital) == {"integrated": 3}
    assert _waiting(redis) == 0


def test_the_bell_can_ring_again_as_soon_as_the_job_has_begun(redis: Redis, hospital: Hospital) -> None:
    jobs.ring(hospital.code)
    _answer_the_bell(redis)

    jobs.ring(hospital.code)

    assert _waiting(redis) == 1


def test_what_does_not_fit_in_a_turn_rings_for_the_next_one(
    redis: Redis, hospital: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hospital with a long queue leaves the worker to the others in between."""
    monkeypatch.setattr(jobs, "TURN_SECONDS", 0)
    send(hospital, patient_document(1))

    jobs.integrate_pending(hospital.code)

    assert states(hospital) == {"pending": 1}
    assert _waiting(redis) == 2


def test_a_hospital_found_busy_is_not_rung_for_again(redis: Redis, hospital: Hospital) -> None:
    """The one who has it looks once more before it leaves; a second worker would spin until then."""
    send(hospital, patient_document(1))
    with hospital_session(hospital.code) as session:
        inbox.hold_inbox(session, hospital)
        _answer_the_bell(redis)

        assert _waiting(redis) == 0

    jobs.sweep()
    _answer_the_bell(redis)
    assert states(hospital) == {"integrated": 1}


def test_a_worker_asked_to_stop_leaves_after_its_batch(redis: Redis, hospital: Hospital) -> None:
    send(hospital, patient_document(1))
    jobs.stopping.set()
    try:
        jobs.integrate_pending(hospital.code)
    finally:
        jobs.stopping.clear()

    assert states(hospital) == {"pending": 1}


def test_the_sweeper_rings_for_what_a_flushed_redis_forgot(redis: Redis, hospital: Hospital) -> None:
    send(hospital, patient_document(1))
    redis.flushdb()

    assert jobs.sweep() >= 1
    _answer_the_bell(redis)

    assert states(hospital) == {"integrated": 1}


def test_the_sweeper_rings_for_a_job_that_died_with_its_worker(redis: Redis, hospital: Hospital) -> None:
    send(hospital, patient_document(1))
    Queue(doorbell.QUEUE, connection=redis, serializer=JSONSerializer).empty()
    redis.delete(doorbell.key_of(hospital.code))

    jobs.sweep()
    _answer_the_bell(redis)

    assert states(hospital) == {"integrated": 1}


def test_a_ring_is_held_for_enough_for_seconds_only(redis: Redis, hospital: Hospital) -> None:
    """Whatever happens to the job, the bell can ring again: with the sweeper's ten seconds, within a minute."""
    jobs.ring(hospital.code)

    assert 0 < redis.ttl(doorbell.key_of(hospital.code)) <= doorbell.BELL_SECONDS <= 30


def test_without_redis_documents_are_received_fast_and_the_sweeper_integrates_them(
    settings: Settings, redis: Redis, hospital: Hospital
) -> None:
    doorbell.configure(replace(settings, redis_url="redis://127.0.0.1:1/0"))
    try:
        began = time.monotonic()
        for number in range(3):
            send(hospital, patient_document(number))
        took = time.monotonic() - began
        jobs.sweep()
    finally:
        doorbell.configure(settings)

    assert took < 15  # a third of a second when nothing else runs; a minute if Redis were waited for
    assert states(hospital) == {"integrated": 3}


def test_D3_redis_holds_codes_of_hospitals_and_nothing_else(
    redis: Redis, hospital: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise RuntimeError(CANARY)

    send(hospital, patient_document(1), transport_id=f"XDM/1.0/DDM {CANARY}")
    waiting = _everything(redis)
    monkeypatch.setattr(inbox, "drain", failing)
    _answer_the_bell(redis)

    assert hospital.code.encode() in waiting
    assert CANARY.encode() not in waiting + _everything(redis)
    assert b"pickle" not in waiting


def _waiting(redis: Redis) -> int:
    return len(Queue(doorbell.QUEUE, connection=redis, serializer=JSONSerializer))


def _answer_the_bell(redis: Redis) -> None:
    worker = SimpleWorker([doorbell.QUEUE], connection=redis, serializer=JSONSerializer)
    worker.work(burst=True, logging_level="ERROR")


def _everything(redis: Redis) -> bytes:
    return b"\n".join(redis.dump(key) or b"" for key in redis.keys("*")) + b" ".join(redis.keys("*"))
