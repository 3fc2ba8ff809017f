"""The page of a fiche and the page of a list, in a hospital of 1 000 fiches and in one of 100 000, through granian.

Beside each, a page made beforehand, of the same size, behind the same session and with the same trace of the reading.
The growth of ingestion between the two hospitals is measured here too: they are at hand.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

import psutil
import psycopg
from sqlalchemy import text

from app.accounts import session_rows
from app.accounts.people import create_person
from app.operations.demo.described import SITE
from app.operations.demo.populate import populate
from app.tenants.bind import hospital_session, shared_session
from app.tenants.hospital import Hospital
from tests.bench.client import Answers, exchange, request
from tests.bench.inbox import Memory, settle_all
from tests.bench.instance import Instance, RunFailed, instance, wait_until
from tests.bench.patients import bench_hospital, document_of, feed
from tests.bench.spent import spending
from tests.bench.table import Bound, Row, figure

HOST = "bench.bamara.example"
AT_ONCE = 10
WARM_UP = 50
BESIDE_STATIC = Bound("≤", 2.5, of_floor=True)
GROWTH = Bound("≤", 1.5, of_floor=True)
SEED = 7


@dataclass(frozen=True)
class Screen:
    """`path` and `static_path` are given a fiche; `p95` is in milliseconds, at the larger size, one connection."""

    name: str
    path: Callable[[str], str]
    static_path: Callable[[str, int], str]
    p95: float


SCREENS = (
    Screen(
        "fiche", lambda fiche_id: f"/fiches/{fiche_id}", lambda fiche_id, size: f"/bench/fiche/{fiche_id}/{size}", 20
    ),
    Screen(
        "list",
        lambda fiche_id: f"/fiches?apres={fiche_id}",
        lambda fiche_id, size: f"/bench/liste/{fiche_id}/{size}",
        40,
    ),
)


@dataclass(frozen=True)
class Desk:
    """A clinician signed in to a hospital, with fiches to ask for."""

    hospital: Hospital
    fiches: int
    headers: dict[str, str]
    fiche_ids: Sequence[str]


@dataclass(frozen=True)
class Load:
    """What a page took: latencies in ms, requests a second, processor time of a request in ms."""

    latencies: Sequence[float]
    rate: float
    processor: float

    @property
    def p95(self) -> float:
        return quantiles(self.latencies, n=20)[-1]


def measure(quick: bool = False) -> list[Row]:
    sizes, requests, patients = ((200, 2000), 200, 100) if quick else ((1000, 100_000), 1500, 600)
    with instance() as here:
        desks = [_open(here, size) for size in sizes]
        with here.started("web", "tests.bench.web", "tests.bench.static_pages:app") as web:
            rows = [row for screen in SCREENS for row in _screen_rows(here, web, screen, desks, requests)]
        return [*rows, _ingestion_growth(here, desks, patients)]


def _open(here: Instance, fiches: int) -> Desk:
    hospital = bench_hospital(f"S{fiches}")
    for _ in populate(hospital, fiches):
        pass
    with psycopg.connect(here.settings.database_url, autocommit=True) as owner:
        owner.execute("vacuum analyze")
    with hospital_session(hospital.code) as session:
        ids = session.scalars(
            text("select fiche_id::text from prise_en_charge where site = :site"), {"site": SITE}
        ).all()
    return Desk(hospital, fiches, {"Host": HOST, "Cookie": f"__Host-bamara={_sign_in(hospital)}"}, ids)


def _sign_in(hospital: Hospital) -> str:
    token, email = session_rows.new_token(), f"clinicien@{hospital.code.lower()}.example"
    with shared_session() as session:
        account = create_person(
            session,
            email=email,
            name="Claire Martin",
            profession="medecin",
            password="Mesure-2026!",
            role="clinician",
            hospital_code=hospital.code,
            sites=(SITE,),
        )
        session_rows.start(
            session,
            None,
            session_rows.hash_of(token),
            stage="signed_in",
            data={},
            account_id=account,
            hospital=hospital.code,
            site=SITE,
        )
    return token


def _screen_rows(
    here: Instance, web: psutil.Process, screen: Screen, desks: Sequence[Desk], requests: int
) -> Iterator[Row]:
    wait_until(lambda: _is_up(here), "web")
    alone: list[Load] = []
    for desk in desks:
        place = f"page of a {screen.name}, {desk.fiches} fiches"
        one, static = (_load(here, web, desk, path, requests, 1) for path in _paths(here, screen, desk))
        bounds = (BESIDE_STATIC, Bound("≤", screen.p95)) if desk is desks[-1] else (BESIDE_STATIC,)
        yield figure(
            f"{place}, one connection, median",
            median(one.latencies),
            "ms",
            BESIDE_STATIC,
            floor=median(static.latencies),
        )
        yield figure(f"{place}, one connection, p95", one.p95, "ms", *bounds[1:], floor=static.p95)
        yield figure("  processor time, client apart", one.processor, "ms", floor=static.processor)
        ten, static = (_load(here, web, desk, path, requests, AT_ONCE) for path in _paths(here, screen, desk))
        yield figure(
            f"{place}, ten connections", 1000 / ten.rate, "ms per page", BESIDE_STATIC, floor=1000 / static.rate
        )
        alone.append(one)
    small, large = (median(load.latencies) for load in alone)
    yield figure(f"growth of the page of a {screen.name}, {_sizes(desks)}", large, "ms", GROWTH, floor=small)


def _paths(here: Instance, screen: Screen, desk: Desk) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """The page, and the static one of the same size."""
    size = len(_ask(here, desk, [screen.path(desk.fiche_ids[0])]).body)
    return screen.path, lambda fiche_id: screen.static_path(fiche_id, size)


def _load(
    here: Instance, web: psutil.Process, desk: Desk, path: Callable[[str], str], requests: int, connections: int
) -> Load:
    draw = random.Random(SEED)
    paths = [path(draw.choice(desk.fiche_ids)) for _ in range(requests)]
    _ask(here, desk, paths[:WARM_UP])
    with spending(here.groups(web=[web])) as spent:
        answers = _ask(here, desk, paths, connections)
    return Load(answers.latencies, requests / answers.wall, 1000 * spent.total / requests)


def _ask(here: Instance, desk: Desk, paths: Sequence[str], connections: int = 1) -> Answers:
    address = (here.settings.host, here.settings.port)
    answers = exchange(address, (request("GET", path, desk.headers) for path in paths), connections)
    if set(answers.statuses) != {200}:
        raise RunFailed(f"{paths[0]} answered {dict(answers.statuses)}")
    return answers


def _is_up(here: Instance) -> bool:
    try:
        return bool(exchange((here.settings.host, here.settings.port), [request("GET", "/healthz", {"Host": HOST})]))
    except OSError:
        return False


def _ingestion_growth(here: Instance, desks: Sequence[Desk], patients: int) -> Row:
    """Updates of as many patients in each hospital, by one worker, alternately: what else happens weighs on both."""
    seconds: dict[str, list[float]] = {desk.hospital.code: [] for desk in desks}
    with here.workers(1) as workers:
        memory = Memory(workers)
        for version in (1, 2, 3, 4):
            for desk in desks:
                feed(desk.hospital, [document_of(number, version) for number in range(patients)])
                with spending(here.groups(workers=workers)) as spent:
                    settle_all([desk.hospital], memory)
                seconds[desk.hospital.code].append(spent.total)
    small, large = (1000 * median(taken[1:]) / patients for taken in seconds.values())
    name = f"growth of updates, processor time of a document, {_sizes(desks)}"
    return figure(name, large, "ms", GROWTH, floor=small)


def _sizes(desks: Sequence[Desk]) -> str:
    return " to ".join(str(desk.fiches) for desk in desks) + " fiches"
