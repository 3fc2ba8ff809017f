"""From the password to the home page: the time of the server, one person at a time, then fifty at once."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median, quantiles
from typing import Any

from sqlalchemy import event

from app import create_app
from app.accounts.people import create_person
from app.operations.demo.described import SITE
from app.tenants.bind import shared_session
from app.tenants.placement import placed
from tests.bench.bare_sign_in import PASSWORD
from tests.bench.client import exchange, request
from tests.bench.desks import HOST, is_up
from tests.bench.instance import Instance, RunFailed, instance, wait_until
from tests.bench.patients import bench_hospital
from tests.bench.people import Carried, Someone, in_process, over_http
from tests.bench.spent import Spent, spending
from tests.bench.table import Bound, Row, figure

TARGET = Bound("≤", 150)
AT_ONCE = 50
WARM_UP = 5
SPOKEN = ("before_cursor_execute", "begin", "commit")
"""What goes to PostgreSQL and comes back."""


def measure(quick: bool = False) -> list[Row]:
    with instance() as here:
        return list(_rows(here, alone=15 if quick else 100))


def _rows(here: Instance, alone: int) -> Iterator[Row]:
    people = _people(alone + WARM_UP + AT_ONCE + 1)
    address = (here.settings.host, here.settings.port)
    round_trips = _round_trips(here, people.pop())
    with here.started("web", "app.operations.web") as web:
        wait_until(lambda: is_up(here), "web")
        for email in people[:WARM_UP]:
            Someone(over_http(address), email).sign_in()
        with spending(here.groups(web=[web])) as spent:
            taken = [Someone(over_http(address), email).sign_in() for email in people[WARM_UP : alone + WARM_UP]]
        together, errors, seconds = _at_once(address, people[alone + WARM_UP :])
    sizes = [len(answer.body) for answer in taken[0]]
    floor, floor_spent = _floor(here, round_trips, sizes, alone)
    journeys = [sum(answer.milliseconds for answer in answers) for answers in taken]
    yield figure("from the password to the home page, median", median(journeys), "ms", TARGET, floor=median(floor))
    yield figure("  95th percentile", quantiles(journeys, n=20)[-1], "ms", TARGET, floor=quantiles(floor, n=20)[-1])
    processor, floor_processor = 1000 * spent.total / alone, 1000 * floor_spent.total / alone
    yield figure("  processor time, all processes", processor, "ms", TARGET, floor=floor_processor)
    yield figure("  of which the password", median(answers[0].milliseconds for answers in taken), "ms")
    yield figure("  round trips to PostgreSQL", sum(round_trips), "statements")
    yield figure(f"{AT_ONCE} sign-ins at once, errors", errors, "errors", Bound("≤", 0))
    yield figure(f"{AT_ONCE} sign-ins at once, all in after", seconds, "s")
    yield figure("  from the password to the home page, median", median(together or [0.0]), "ms")


def _people(number: int) -> list[str]:
    hospital = bench_hospital("SIGNIN")
    addresses = [f"personne-{place}@{HOST}" for place in range(number)]
    with shared_session() as session:
        for email in addresses:
            create_person(
                session,
                email=email,
                name="Claire Martin",
                profession="medecin",
                password=PASSWORD,
                role="clinician",
                hospital_code=hospital.code,
                sites=(SITE,),
            )
    return addresses


def _at_once(address: tuple[str, int], people: Sequence[str]) -> tuple[list[float], int, float]:
    """(milliseconds of each journey, how many failed, seconds until all are in)."""

    def enter(email: str) -> float | None:
        try:
            return sum(answer.milliseconds for answer in Someone(over_http(address), email).sign_in())
        except (RunFailed, OSError):
            return None

    start = time.perf_counter()
    with ThreadPoolExecutor(len(people)) as pool:
        taken = list(pool.map(enter, people))
    inside = [one for one in taken if one is not None]
    return inside, len(taken) - len(inside), time.perf_counter() - start


def _floor(here: Instance, round_trips: Sequence[int], sizes: Sequence[int], number: int) -> tuple[list[float], Spent]:
    """As many requests, statements and octets; one password verified."""
    paths = [f"/{asked}/{int(place == 0)}/{sizes[place]}" for place, asked in enumerate(round_trips)]
    sent = [request("GET", path, {"Host": HOST}) for path in paths]
    address = (here.settings.host, here.settings.port)
    with here.started("bare", "tests.bench.web", "tests.bench.bare_sign_in:app") as web:
        wait_until(lambda: _answers(here, sent[1]), "the floor")
        for _ in range(WARM_UP):
            exchange(address, sent)
        with spending(here.groups(web=[web])) as spent:
            return [sum(exchange(address, sent).latencies) for _ in range(number)], spent


def _answers(here: Instance, asked: bytes) -> bool:
    try:
        return bool(exchange((here.settings.host, here.settings.port), [asked]).latencies)
    except OSError:
        return False


def _round_trips(here: Instance, email: str) -> list[int]:
    """How often each of the four requests speaks to PostgreSQL, counted in this process."""
    counts, carry = [0], in_process(create_app(here.settings))
    door = placed().door

    def count(*_: object) -> None:
        counts[-1] += 1

    def carry_counted(*asked: Any) -> Carried:
        counts.append(0)
        return carry(*asked)

    for spoken in SPOKEN:
        event.listen(door, spoken, count)
    Someone(carry_counted, email).sign_in()
    for spoken in SPOKEN:
        event.remove(door, spoken, count)
    return counts[-4:]
