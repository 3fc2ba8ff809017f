"""Searching the terminologies: how often a label typed badly brings its term among the first ten, and how long a search
takes, on the published files of ../shared. The floor is a plain look at every text that holds what was typed."""

from __future__ import annotations

import time
from pathlib import Path

from app.terminology.index.fold import norm
from app.terminology.shelf import Shelf
from tests import terminology_recall
from tests.bench.instance import RunFailed
from tests.bench.table import Bound, Row, figure
from tests.terminology_recall import Asked
from tests.terminology_recall import measure as ask

SHARED = Path(__file__).parents[2].parent / "shared" / "terminologies"
MATERIAL = {"orpha": (terminology_recall.orpha, 0.95), "hpo": (terminology_recall.hpo, 0.94)}
MATERIAL["genes"] = (terminology_recall.genes, 0.94)
SLOWEST = 15


def measure() -> list[Row]:
    if not SHARED.exists():
        raise RunFailed("needs ../shared/terminologies")
    return [row for name in MATERIAL for row in _measure(name)]


def _measure(name: str) -> list[Row]:
    material, least = MATERIAL[name]
    shelf, asked = material(SHARED.joinpath)
    started = time.thread_time()
    shelf.prepare()
    made = time.thread_time() - started
    measured = ask(shelf, shelf.system.kinds, asked)
    return [
        figure(f"{name}: among the first ten", measured.recall, "of the questions", Bound("≥", least)),
        figure(f"{name}: the first", measured.first, "of the questions"),
        figure(f"{name}: a search, p50", measured.p50, "ms", floor=_plain_look(shelf, asked)),
        figure(f"{name}: a search, p95", measured.p95, "ms", Bound("≤", SLOWEST)),
        figure(f"{name}: making the index of {len(shelf)} terms", made, "s"),
    ]


def _plain_look(shelf: Shelf, asked: list[Asked]) -> float:
    """Milliseconds to go once through every text, already folded, for one question."""
    texts = [norm(text) for text in shelf.texts()]
    some = asked[:: len(asked) // 20]
    started = time.thread_time()
    for one in some:
        wanted = norm(one.text)
        sum(wanted in text for text in texts)
    return (time.thread_time() - started) * 1000 / len(some)
