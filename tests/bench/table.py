"""One figure of the benchmark, beside the floor no program can go under."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Row:
    """`floor` is in the same unit, measured in the same run; `ratio` is value / floor; `target` says the bounds that
    make it `reached`. A row without a bound is there to explain another."""

    name: str
    value: float
    unit: str
    floor: float | None
    ratio: float | None
    target: str
    reached: bool


@dataclass(frozen=True, slots=True)
class Bound:
    """On the value itself, or on its ratio to the floor."""

    sign: Literal["≤", "≥"]
    limit: float
    of_floor: bool = False

    def holds(self, value: float, ratio: float | None) -> bool:
        measured = ratio if self.of_floor else value
        return measured is not None and (measured <= self.limit if self.sign == "≤" else measured >= self.limit)

    def words(self, unit: str) -> str:
        return f"{self.sign} {self.limit:g} {'× the floor' if self.of_floor else unit}"


def at_most(name: str, value: float, unit: str, *, floor: float | None, target: float) -> Row:
    """A row whose value must not exceed its target."""
    return figure(name, value, unit, Bound("≤", target), floor=floor)


def figure(name: str, value: float, unit: str, *bounds: Bound, floor: float | None = None) -> Row:
    ratio = value / floor if floor else None
    target = " and ".join(bound.words(unit) for bound in bounds)
    return Row(name, value, unit, floor, ratio, target, all(bound.holds(value, ratio) for bound in bounds))


HEADINGS = ("figure", "measured", "floor", "ratio", "target", "")


def cells(row: Row) -> tuple[str, ...]:
    """What a row says, column by column of HEADINGS."""
    floor = f"{_number(row.floor)} {row.unit}" if row.floor is not None else ""
    ratio = f"{row.ratio:.2f}" if row.ratio is not None else ""
    verdict = ("reached" if row.reached else "MISSED") if row.target else ""
    return row.name, f"{_number(row.value)} {row.unit}", floor, ratio, row.target, verdict


def as_text(rows: Iterable[Row]) -> str:
    """A table for a terminal."""
    lines = [HEADINGS, *map(cells, rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADINGS))]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def as_markdown(rows: Iterable[Row]) -> str:
    lines = [HEADINGS, ("---",) * len(HEADINGS), *map(cells, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _number(value: float) -> str:
    """Three significant figures are all that a machine under load can promise."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
