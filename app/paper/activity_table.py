"""The activities of a fiche as a table, once they are too many for a card each. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.fiches.shown.screen import Card, Line

MANY = 4
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "Date": ("activity_date",),
    "Site": ("activity_site_id", "activity_site_label"),
    "Contexte": ("activity_context", "activity_context_other"),
    "Objectifs": ("activity_objectives",),
    "Professionnel": (
        "activity_performer_name",
        "activity_performer_profession",
        "activity_performer_rpps",
        "activity_performer_finess",
    ),
    "Lieu": ("activity_place_finess", "activity_place_commune_code", "activity_place_country_code"),
}
"""Column → its items. An item of a later edition has none: it is told under the row, with its label."""


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` hold the lines of text of each column; `more` what is told under them."""

    cells: tuple[tuple[str, ...], ...]
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[Row, ...]


def table_of(cards: Sequence[Card]) -> Table:
    return Table(tuple(COLUMNS), tuple(_row(card) for card in cards))


def _row(card: Card) -> Row:
    lines = {line.name: line for group in card.groups for line in group.lines}
    cells = tuple(
        tuple(text for name in names if name in lines for text in _texts(lines[name])) for names in COLUMNS.values()
    )
    return Row(cells, tuple(_more(card, lines)))


def _texts(line: Line) -> Iterator[str]:
    for part in line.parts:
        yield f"{part.text} {part.code}".strip()
    if not line.parts:
        yield "manquant"


def _more(card: Card, lines: Mapping[str, Line]) -> Iterator[str]:
    """What no column has, and what is wrong."""
    placed = {name for names in COLUMNS.values() for name in names}
    for name, line in lines.items():
        if name not in placed:
            yield f"{line.label} : {' ; '.join(_texts(line))}"
        for problem in line.problems:
            if problem.severity == "incoherent":
                yield f"À corriger, {line.label.lower()} : {problem.message}"
    if card.source:
        yield f"ID Source : {'DPI · ' if card.from_dpi else ''}{card.source}"
