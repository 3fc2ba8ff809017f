"""The lines of a list as the page shows them: fifty lines, so that a cell asks nothing that its column knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from app.drawn import once
from app.fiches.lists.columns import Column
from app.fiches.wording import QUALITIES
from app.frame import since

TEMPLATE = "fiches/_list_lines.html"
NOTHING = "—"


class Line(NamedTuple):
    """`cells`: how each begins, and what it says."""

    id: str
    kind: str
    family_name: str
    given_name: str
    cells: Sequence[tuple[Markup, str]]


def lines_of(rows: Iterable[Any], columns: Iterable[Column]) -> list[Line]:
    """`columns` are those that follow the name."""
    shown = [(once(TEMPLATE, "head", column.label, column.figures), _reader(column)) for column in columns]
    return [
        Line(row.id, row.kind, row.family_name, row.given_name, [(head, read(row) or NOTHING) for head, read in shown])
        for row in rows
    ]


def _reader(column: Column) -> Callable[[Any], str]:
    match column.name:
        case "etat":
            states = {quality: once(TEMPLATE, "state", quality, label) for quality, label in QUALITIES.items()}
            return lambda row: states[row.quality]
        case "modifiee":
            return lambda row: since(row.updated_at)
        case _:
            return column.read
