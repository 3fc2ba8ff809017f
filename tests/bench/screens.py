"""The pages that a clinician lives on, in a hospital of 1 000 fiches and in one of 100 000, through granian.

Beside each, a page made beforehand, of the same size, behind the same session and with the same trace of the reading.
All are asked for by turns, so that what else the machine does weighs on each alike. The growth of ingestion between
the two hospitals is measured here too: they are at hand.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

import psutil

from tests.bench.desks import Desk, ask, is_up, open_desk
from tests.bench.finding import recall
from tests.bench.inbox import Memory, settle_all
from tests.bench.instance import Instance, instance, wait_until
from tests.bench.patients import document_of, feed
from tests.bench.spent import spending
from tests.bench.table import Bound, Row, figure
from tests.bench.visits import Screen, requests_of

AT_ONCE = 10
ROUNDS = 10
WARM_UP = 20
GROWTH = Bound("≤", 1.5, of_floor=True)
SEED = 7
ONE, SEVERAL = "/bench/fiche/{fiche}/{octets}", "/bench/liste/{fiche}/{lines}/{octets}"
SCREENS = (
    Screen("home", "/", SEVERAL),
    Screen("page of a list", "/fiches?apres={fiche}", SEVERAL, p95=40),
    Screen("search of a name", "/recherche?q={name}", SEVERAL),
    Screen("page of a fiche", "/fiches/{fiche}", ONE, p95=20),
    Screen("page of a full fiche", "/fiches/{fiche}", ONE, lambda desk: desk.full, p95=20, beside=()),
    Screen("form of an activity", "/fiches/{fiche}/ajouter/activite", ONE),
    Screen("form of a patient", "/fiches/{fiche}/modifier/patient", ONE),
    Screen("saving of a patient", "/fiches/{fiche}/modifier/patient", ONE, changing="used_family_name"),
)


@dataclass
class Load:
    """What a page took: latencies in ms, seconds on the wall and of processor, for so many requests."""

    latencies: list[float] = field(default_factory=list)
    wall: float = 0.0
    processor: float = 0.0

    @property
    def median(self) -> float:
        return median(self.latencies)

    @property
    def p95(self) -> float:
        return quantiles(self.latencies, n=20)[-1]

    def per_page(self, seconds: float) -> float:
        return 1000 * seconds / len(self.latencies)


Loads = list[tuple[Load, Load]]
"""The page and its floor, for each desk."""


def measure(quick: bool = False) -> list[Row]:
    sizes, requests, patients = ((200, 2000), 200, 100) if quick else ((1000, 100_000), 400, 600)
    with instance() as here:
        desks = [open_desk(here, size) for size in sizes]
        with here.started("web", "tests.bench.web", "tests.bench.static_pages:app") as web:
            wait_until(lambda: is_up(here), "web")
            rows = [row for screen in SCREENS for row in _screen_rows(here, web, screen, desks, requests)]
        return [*rows, *map(recall, desks), _ingestion_growth(here, desks, patients)]


def _screen_rows(
    here: Instance, web: psutil.Process, screen: Screen, desks: Sequence[Desk], requests: int
) -> Iterator[Row]:
    alone, together = (_by_turns(here, web, screen, desks, requests, lines) for lines in (1, AT_ONCE))
    for desk, (page, static), (busy, busy_static) in zip(desks, alone, together, strict=True):
        place, aims = f"{screen.name}, {desk.size} fiches", (Bound("≤", screen.p95),) if desk is desks[-1] else ()
        yield figure(f"{place}, median", page.median, "ms", *screen.beside, floor=static.median)
        yield figure(f"{place}, 95th percentile", page.p95, "ms", *aims, floor=static.p95)
        used, used_static = page.per_page(page.processor), static.per_page(static.processor)
        yield figure(f"{place}, processor time", used, "ms", floor=used_static)
        each, each_static = busy.per_page(busy.wall), busy_static.per_page(busy_static.wall)
        yield figure(f"{place}, ten connections", each, "ms per page", *screen.beside, floor=each_static)
    (small, _), (large, _) = alone
    yield figure(f"growth of the {screen.name}, {_sizes(desks)}", large.median, "ms", GROWTH, floor=small.median)


def _by_turns(
    here: Instance, web: psutil.Process, screen: Screen, desks: Sequence[Desk], requests: int, connections: int
) -> Loads:
    loads: Loads = [(Load(), Load()) for _ in desks]
    draw = random.Random(SEED)
    for turn in range(ROUNDS + 1):
        for desk, (page, static) in zip(desks, loads, strict=True):
            number = requests // ROUNDS if turn else WARM_UP
            fiches = screen.fiches(desk)
            chosen = draw.sample(fiches, number) if number <= len(fiches) else draw.choices(fiches, k=number)
            pages, statics = requests_of(here, screen, desk, chosen)
            for asked, load in ((pages, page), (statics, static)):
                _ask(here, web, asked, connections, screen.status, load if turn else Load())
    return loads


def _ask(
    here: Instance, web: psutil.Process, requests: Sequence[bytes], connections: int, status: int, load: Load
) -> None:
    with spending(here.groups(web=[web])) as spent:
        answers = ask(here, requests, connections, status=status)
    load.latencies += answers.latencies
    load.wall += answers.wall
    load.processor += spent.total


def _ingestion_growth(here: Instance, desks: Sequence[Desk], patients: int) -> Row:
    """Updates of as many patients in each hospital, by one worker, by turns."""
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
    return " to ".join(str(desk.size) for desk in desks) + " fiches"
