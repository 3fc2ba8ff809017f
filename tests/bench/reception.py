"""Reception over HTTP: documents accepted a second, alone and while two workers integrate them.

Two granian workers; two client processes of two lasting connections each; each document committed before its 202.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.queues import Queue
from typing import Any

import psutil
import psycopg
from psycopg import sql

from app.cda.channels.tokens import add_http_channel
from app.cda.inbox import has_pending
from app.tenants.hospital import Hospital
from tests.bench.bare_reception import SCHEMA
from tests.bench.client import exchange, request
from tests.bench.inbox import LONGEST_RUN, Memory, check_states
from tests.bench.instance import Instance, RunFailed, instance, wait_until
from tests.bench.patients import bench_hospital, document_of
from tests.bench.spent import Spent, spending
from tests.bench.table import Bound, Row, figure

CLIENTS, CONNECTIONS, WORKERS = 2, 2, 2
WARM_UP = 20


@dataclass(frozen=True)
class Sending:
    """What one client sends: the documents of these patients, under keys that begin with `name`."""

    address: tuple[str, int]
    headers: dict[str, str]
    name: str
    numbers: range


def measure(quick: bool = False) -> list[Row]:
    with instance() as here:
        return list(_rows(here, documents=200 if quick else 2000))


def _rows(here: Instance, documents: int) -> Iterator[Row]:
    bare = bench_hospital("BARE")
    alone, both = ([bench_hospital(f"{name}{place}") for place in range(CLIENTS)] for name in ("ALONE", "BOTH"))
    with here.started("bare", "tests.bench.web", "tests.bench.bare_reception:app", **{SCHEMA: bare.schema}) as web:
        floor = _send_all(here, web, [bare] * CLIENTS, documents)
    with here.started("web", "app.operations.web") as web:
        accepted = _send_all(here, web, alone, documents)
        for hospital in alone:
            _forget(here, hospital)
        rate, floor_rate = documents / accepted.wall, documents / floor.wall
        yield figure("reception over HTTP, alone", rate, "documents/s", Bound("≥", 300), floor=floor_rate)
        per_document, floor_per_document = 1000 * accepted.total / documents, 1000 * floor.total / documents
        yield figure("  processor time, clients apart", per_document, "ms", floor=floor_per_document)
        with here.workers(WORKERS) as workers:
            settled = _send_all(here, web, both, documents, workers)
        for hospital in both:
            check_states(hospital, {"integrated": documents // CLIENTS + WARM_UP})
        yield figure("reception and integration of new patients together", documents / settled.wall, "documents/s")


def _send_all(
    here: Instance,
    web: psutil.Process,
    hospitals: Sequence[Hospital],
    documents: int,
    workers: Sequence[psutil.Process] = (),
) -> Spent:
    """One client per hospital. With workers, the clock stops when everything is integrated."""
    settings, share = here.settings, documents // CLIENTS
    wait_until(lambda: _answers(settings.host, settings.port), "web")
    sendings = [
        Sending(
            (settings.host, settings.port),
            {"Host": "bench.bamara.example", "Authorization": f"Bearer {add_http_channel(hospital)}"},
            f"{hospital.code}-{place}",
            range(place * share, (place + 1) * share),
        )
        for place, hospital in enumerate(hospitals)
    ]
    context = get_context("spawn")
    meeting, answers = context.Barrier(CLIENTS + 1, timeout=LONGEST_RUN), context.Queue()
    clients = [context.Process(target=_send, args=(sending, meeting, answers)) for sending in sendings]
    for client in clients:
        client.start()
    meeting.wait()
    with spending(here.groups(web=[web], workers=workers)) as spent:
        meeting.wait()
        if workers:
            memory = Memory(workers)
            for hospital in hospitals:
                wait_until(partial(_integrated, hospital, memory), "documents", LONGEST_RUN)
    for _ in clients:
        _check(answers.get())
    for client in clients:
        client.join()
    return spent


def _send(sending: Sending, meeting: Any, answers: Queue[dict[int, int]]) -> None:
    """In its own process: documents are made and the server is warm before the clock runs."""
    warm_up = range(sending.numbers.stop + 500_000, sending.numbers.stop + 500_000 + WARM_UP)
    exchange(sending.address, [_post(sending, number) for number in warm_up], CONNECTIONS)
    requests = [_post(sending, number) for number in sending.numbers]
    meeting.wait()
    statuses = exchange(sending.address, requests, CONNECTIONS).statuses
    meeting.wait()
    answers.put(dict(statuses))


def _post(sending: Sending, number: int) -> bytes:
    headers = {**sending.headers, "Idempotency-Key": f"{sending.name}-{number}", "Content-Type": "application/xml"}
    return request("POST", "/api/v1/documents", headers, document_of(number))


def _integrated(hospital: Hospital, memory: Memory) -> bool:
    memory.look()
    return not has_pending(hospital.code)


def _check(statuses: dict[int, int]) -> None:
    if set(statuses) != {202}:
        raise RunFailed(f"reception answered {statuses}")


def _answers(host: str, port: int) -> bool:
    try:
        exchange((host, port), [request("GET", "/healthz", {"Host": "bench.bamara.example"})])
    except OSError:
        return False
    return True


def _forget(here: Instance, hospital: Hospital) -> None:
    """Nobody integrates what only measured reception."""
    with psycopg.connect(here.settings.database_url) as owner:
        owner.execute(sql.SQL("delete from {}").format(sql.Identifier(hospital.schema, "received_document")))
