"""Finding a patient whose name was typed with one slip, as the search part measures it (`search.py`): here among the
invented patients that the screens show, with few names that many bear."""

from __future__ import annotations

from tests.bench.desks import Desk
from tests.bench.table import Bound, Row, figure
from tests.search_recall import measure

QUESTIONS = 1000
LEAST = 0.97


def recall(desk: Desk) -> Row:
    found = measure(desk.hospital, [*desk.names.values()], QUESTIONS).recall
    name = f"search with one slip, {desk.size} fiches: the name meant is among the first ten"
    return figure(name, found, "of the questions", Bound("≥", LEAST))
