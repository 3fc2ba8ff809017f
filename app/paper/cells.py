"""Cells of one character each: a date, a number whose length is known. Pure."""

from __future__ import annotations

from typing import Any

Cells = tuple[tuple[str, ...], ...]
"""Groups of cells; a cell is the character known, or ""."""
DATE = (2, 2, 4)


def of_date(value: Any) -> Cells:
    """Day, month, year: what is not known stays empty."""
    parts = (*reversed(str(value).split("-")),) if value else ()
    known = ("", "", "", *parts)[-3:]
    return tuple(_cells(length, part) for length, part in zip(DATE, known, strict=True))


def of_number(length: int, value: str) -> Cells:
    """Longer than it should be, it is still written whole."""
    bare = "".join(value.split())
    return (_cells(max(length, len(bare)), bare),)


def _cells(length: int, text: str) -> tuple[str, ...]:
    return tuple(text.ljust(length)[place].strip() for place in range(length))
