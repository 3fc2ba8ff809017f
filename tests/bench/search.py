"""The search by name with one slip, in a hospital of 1 000 fiches and in one of 100 000: how often the patient is among
the first ten, and how long it takes. The floor reads as many lines by the index of names."""

from __future__ import annotations

import time
from statistics import median, quantiles

import psycopg

from app.fiches.lists.pages import Asked, first_page
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.bench.instance import Instance, instance
from tests.bench.patients import bench_hospital
from tests.bench.table import Bound, Row, figure
from tests.search_recall import generated, name_patients
from tests.search_recall import measure as ask

LEAST = Bound("≥", 0.97)
SLOWEST = Bound("≤", 50)
GROWTH = Bound("≤", 1.5, of_floor=True)
LINES = 20


def measure(quick: bool = False) -> list[Row]:
    sizes, asked = ((200, 2000), 100) if quick else ((1000, 100_000), 1000)
    rows, medians = [], []
    with instance() as here:
        for size in sizes:
            hospital, names = _named(here, size), generated(size)
            ask(hospital, names, asked // 10)
            measured = ask(hospital, names, asked)
            place = f"search with one slip, {size} fiches"
            rows += [
                figure(f"{place}, among the first ten", measured.recall, "of the questions", LEAST),
                figure(f"{place}, median", median(measured.latencies), "ms", floor=_page(hospital)),
                figure(f"{place}, 95th percentile", quantiles(measured.latencies, n=20)[-1], "ms", SLOWEST),
            ]
            medians.append(median(measured.latencies))
    small, large = medians
    name = f"growth of the search, {sizes[0]} to {sizes[1]} fiches"
    return [*rows, figure(name, large, "ms", GROWTH, floor=small)]


def _named(here: Instance, size: int) -> Hospital:
    hospital = bench_hospital(f"N{size}")
    name_patients(hospital, size)
    with psycopg.connect(here.settings.database_url, autocommit=True) as owner:
        owner.execute("vacuum analyze")
    return hospital


def _page(hospital: Hospital) -> float:
    latencies = []
    for _ in range(100):
        start = time.perf_counter()
        with hospital_session(hospital.code) as session:
            first_page(session, Asked(), limit=LINES)
        latencies.append((time.perf_counter() - start) * 1000)
    return median(latencies)
