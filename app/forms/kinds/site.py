"""A site of the hospital."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.forms.kinds.choice import Option
from app.forms.kinds.wire import Posted, Surroundings, one_of


@dataclass(frozen=True, slots=True)
class SiteKind:
    widget: str = "site"
    legend: bool = False

    def options(self, wire: str, around: Surroundings) -> Iterator[Option]:
        """A site that a document named and that the hospital does not have stays one of the choices."""
        yield from (Option(code, label or code) for code, label in around.sites.items())
        if wire and wire not in around.sites:
            yield Option(wire, wire, former=True)

    def show(self, stored: Any, around: Surroundings) -> str:
        return str(stored or "").strip()

    def take(self, name: str, posted: Posted) -> str | None:
        return one_of(name, posted)

    def same(self, wire: str, shown: str) -> bool:
        return wire == shown

    def read(self, wire: str, stored: Any, around: Surroundings) -> str | None:
        return wire or None
