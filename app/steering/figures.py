"""How many fiches a place has, by quality state, and which part of the whole each state is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.fiches.lists.filters import STATES


@dataclass(frozen=True, slots=True)
class Figure:
    """`word` asks the list for the fiches of this `state`; `share` is in percent, None when there is no fiche."""

    word: str
    state: str
    number: int
    share: int | None


def by_quality(counts: Mapping[str, int]) -> tuple[Figure, ...]:
    """Every state, in the order of the work to do, those without a fiche too."""
    total = sum(counts.values())
    return tuple(_figure(word, state, counts.get(state, 0), total) for word, state in STATES.items())


def _figure(word: str, state: str, number: int, total: int) -> Figure:
    return Figure(word, state, number, round(100 * number / total) if total else None)
