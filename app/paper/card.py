"""A card of the fiche on paper: its items by groups, each with its answers and what is wrong with it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.fiches.shown.screen import Card, Group, Line

MASK = "••••"
WIDE = 70
"""From so many characters on, a value takes the width of the page."""
SEVERITIES = {"missing": "manquant", "incoherent": "à corriger"}
BARE = "Cet item est à renseigner."
"""What « manquant » says already."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item: its answers, each with its code, what is wrong with it, where it comes from when that is asked."""

    label: str
    values: tuple[tuple[str, str], ...]
    problems: tuple[tuple[str, str], ...]
    source: str
    wide: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """`blank` are the labels of what nobody filled."""

    label: str
    entries: tuple[Entry, ...]
    blank: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperCard:
    title: str
    note: str
    clusters: tuple[Cluster, ...]
    children: tuple[PaperCard, ...]


def card_of(card: Card, with_sources: bool) -> PaperCard:
    named = len(card.groups) > 1
    clusters = (_cluster(group, with_sources, named) for group in card.groups)
    source = f"ID Source : {'DPI · ' if card.from_dpi else ''}{card.source}" if card.source else ""
    return PaperCard(
        card.title,
        " · ".join(filter(None, (card.note, source))),
        tuple(cluster for cluster in clusters if cluster.entries or cluster.blank),
        tuple(card_of(child, with_sources) for child in card.children),
    )


def _cluster(group: Group, with_sources: bool, named: bool) -> Cluster:
    entries = tuple(entry_of(line, with_sources) for line in group.lines)
    return Cluster(group.label if named else "", entries, group.blank)


def entry_of(line: Line, with_sources: bool = False) -> Entry:
    values = tuple((masked(part.text) if line.masked else part.text, part.code) for part in line.parts)
    problems = tuple(
        (SEVERITIES[problem.severity], "" if problem.message == BARE else problem.message) for problem in line.problems
    )
    source = line.chip.text if with_sources and line.chip else ""
    return Entry(line.label, values, problems, source, _is_wide(values))


def _is_wide(values: Sequence[tuple[str, str]]) -> bool:
    return len(values) > 1 or sum(len(text) + len(code) for text, code in values) > WIDE


def masked(text: str) -> str:
    return MASK + text[-4:]
