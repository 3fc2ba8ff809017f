"""Counting what a step changes: by hospital, by site, by item. What leaves a hospital is protected. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.fiches.impact.weigh import WHOLE, Effect, Event

SMALLEST = 10
"""A count below it may point at somebody."""
STEP = 5
"""The others are rounded: no subtraction gives a hidden one back."""


@dataclass(slots=True)
class Tally:
    """`events` counts fiches, each once per event; `items` fiches per event and item."""

    fiches: int = 0
    events: Counter[Event] = field(default_factory=Counter)
    items: Counter[Effect] = field(default_factory=Counter)
    sites: dict[str, Tally] = field(default_factory=dict)

    def add(self, effects: set[Effect], sites: Iterable[str]) -> None:
        """A fiche that several sites follow counts once in each."""
        self._count(effects)
        for site in sites:
            self.sites.setdefault(site, Tally())._count(effects)

    def join(self, other: Tally) -> None:
        """Another hospital's, without its sites."""
        self.fiches += other.fiches
        self.events.update(other.events)
        self.items.update(other.items)

    def _count(self, effects: set[Effect]) -> None:
        self.fiches += 1
        self.events.update({effect.event for effect in effects})
        self.items.update(effect for effect in effects if effect.item != WHOLE)


def as_report(tally: Tally, *, exact: bool = False) -> dict[str, Any]:
    """JSON: counts are numbers, None when hidden. `exact` for the hospital's own eyes alone."""
    say = _exact if exact else protect
    return {
        "fiches": say(tally.fiches),
        "effets": {event: say(count) for event, count in sorted(tally.events.items())},
        "items": [
            {"effet": one.event, "bloc": one.block, "item": one.item, "fiches": say(count)}
            for one, count in sorted(tally.items.items())
        ],
        "sites": {site: as_report(one, exact=exact) for site, one in sorted(tally.sites.items())},
    }


def protect(count: int) -> int | None:
    """0 says nothing of anybody; from 1 to 9 nothing is said; then to the nearest five."""
    if 0 < count < SMALLEST:
        return None
    return STEP * round(count / STEP)


def _exact(count: int) -> int | None:
    return count
