"""The received documents by day: stacked bars, each part a link. Pure: numbers in, places on a drawing out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.cda.watch.counts import Day
from app.cda.watch.sought import GROUPS

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 12, 26
LEAST = 3
"""Units of height: a single document among thousands is seen, and clicked."""
STEPS = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """The documents of one group on one day."""

    day: date
    group: str
    number: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A word beside an axis: a number of documents, or a day."""

    place: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    bars: Sequence[Bar]
    levels: Sequence[Mark]
    days: Sequence[Mark]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    floor: int = HEIGHT - BOTTOM


def draw(days: Sequence[Day]) -> Chart:
    top = _round_up(max((day.total for day in days), default=0))
    step = (WIDTH - LEFT - RIGHT) / max(len(days), 1)
    bars = [bar for number, day in enumerate(days) for bar in _stack(day, LEFT + number * step, step, top)]
    every = max(1, len(days) // 7)
    marks = [
        Mark(LEFT + (number + 0.5) * step, f"{day.day:%d/%m}")
        for number, day in enumerate(days)
        if number % every == (len(days) - 1) % every
    ]
    return Chart(bars, [Mark(_height(top, level), str(level)) for level in _levels(top)], marks)


def _stack(day: Day, x: float, step: float, top: int) -> list[Bar]:
    """Integrated below, dead letters above, where they are seen."""
    bars, floor = [], float(HEIGHT - BOTTOM)
    for group in ("integres", "archives", "en-attente", "refuses"):
        if number := day.by_group.get(group, 0):
            height = max(LEAST, number * (HEIGHT - TOP - BOTTOM) / top)
            floor -= height
            bars.append(Bar(day.day, group, number, *_rounded(x + step * 0.15, floor, step * 0.7, height)))
    return bars


def _rounded(*numbers: float) -> tuple[float, ...]:
    return tuple(round(number, 1) for number in numbers)


def _levels(top: int) -> list[int]:
    return sorted({top * part // STEPS for part in range(STEPS + 1)})


def _height(top: int, level: int) -> float:
    return round(HEIGHT - BOTTOM - level * (HEIGHT - TOP - BOTTOM) / top, 1)


def _round_up(most: int) -> int:
    """The next of 4, 8, 20, 40, 80, 200…: a quarter of it is a whole number."""
    scale = 4
    while most > scale:
        scale = scale * 2 if str(scale)[0] == "4" else scale * 5 // 2
    return scale


assert set(GROUPS) == {"integres", "archives", "en-attente", "refuses"}
