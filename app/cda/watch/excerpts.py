"""The lines of a document that a report points at, each with those around it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

BEFORE, AFTER = 3, 12
"""Lines shown around: a finding names the first line of what it is about."""
MOST_LINES = 400
"""Shown in all: a report of a thousand findings would show the whole document."""
LONGEST_LINE = 400
"""Characters: some DPI write a document on a single line."""


@dataclass(frozen=True, slots=True)
class Line:
    """`pointed` when a finding names it."""

    number: int
    text: str
    pointed: bool


Excerpt = tuple[Line, ...]
"""Lines that follow each other."""


def excerpts(text: str, pointed: Collection[int]) -> list[Excerpt]:
    """In the order of the document; excerpts that touch are one. Lines are counted as the parser counts them, by their
    line feeds."""
    lines = text.split("\n")
    shown = sorted({near for line in pointed for near in range(line - BEFORE, line + AFTER + 1)})
    wanted = [number for number in shown if 1 <= number <= len(lines)][:MOST_LINES]
    return [tuple(_line(number, lines, pointed) for number in run) for run in _runs(wanted)]


def _runs(numbers: list[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _line(number: int, lines: list[str], pointed: Collection[int]) -> Line:
    text = lines[number - 1].rstrip("\r")
    shown = text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]} …"
    return Line(number, shown, number in pointed)
