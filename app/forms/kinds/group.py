"""A grouped list (§G2): entries added and removed, each with the fields of the group's items.

Inputs are called `list.index.item`; the name of the list alone says that it was on the page, even emptied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.forms.kinds.wire import NOWHERE, Kind, Posted, Surroundings
from app.sdm.answers import IllTyped, is_empty

MOST = 200
Entry = Mapping[str, Any]
"""Item → its wire."""


@dataclass(frozen=True, slots=True)
class GroupKind:
    """`inner` and `labels` are in the order of the group's items."""

    inner: Mapping[str, Kind]
    labels: Mapping[str, str]
    readers: Mapping[str, Any]
    widget: str = "entries"
    legend: bool = True

    def show(self, stored: Any, around: Surroundings) -> tuple[Entry, ...]:
        return tuple(self._shown(entry, around) for entry in stored or ())

    def take(self, name: str, posted: Posted) -> tuple[Entry, ...] | None:
        indexes = self._indexes(name, posted)
        if name not in posted and not indexes:
            return None
        blank = self.blank
        entries = (self._taken(f"{name}.{index}", posted, blank) for index in indexes)
        return tuple(entry for entry in entries if not self._same(entry, blank))

    def same(self, wire: tuple[Entry, ...], shown: tuple[Entry, ...]) -> bool:
        return len(wire) == len(shown) and all(map(self._same, wire, shown))

    def read(self, wire: tuple[Entry, ...], stored: Any, around: Surroundings) -> list[Any] | None:
        """Raises the first refusal; `faults` tells them all."""
        for _, _, sentence in self.faults(wire, stored, around):
            raise IllTyped(sentence)
        kept = list(stored or ())
        return [self._entry(one, kept, around) for one in wire] or None

    def faults(self, wire: tuple[Entry, ...], stored: Any, around: Surroundings) -> Iterator[tuple[int, str, str]]:
        """(place of the entry, item, French sentence) of each answer that cannot be read."""
        for place, entry in enumerate(wire):
            held = self._held(entry, stored or (), around)
            for name, kind in self.inner.items():
                try:
                    value = kind.read(entry[name], None, around) if held is None else None
                    if not is_empty(value):
                        self.readers[name](value)
                except IllTyped as refusal:
                    number = f" ({place + 1})" if len(wire) > 1 else ""
                    yield place, name, f"{self.labels[name]}{number} : {refusal}"

    @property
    def blank(self) -> Entry:
        return {name: kind.show(None, NOWHERE) for name, kind in self.inner.items()}

    def _shown(self, entry: Mapping[str, Any], around: Surroundings) -> Entry:
        return {name: kind.show(entry.get(name), around) for name, kind in self.inner.items()}

    def _taken(self, prefix: str, posted: Posted, blank: Entry) -> Entry:
        taken = {name: kind.take(f"{prefix}.{name}", posted) for name, kind in self.inner.items()}
        return {name: blank[name] if wire is None else wire for name, wire in taken.items()}

    def _same(self, entry: Entry, other: Entry) -> bool:
        return all(kind.same(entry[name], other[name]) for name, kind in self.inner.items())

    def _held(self, entry: Entry, stored: Any, around: Surroundings) -> Any | None:
        """The stored entry that this one still is."""
        return next((one for one in stored if self._same(entry, self._shown(one, around))), None)

    def _entry(self, entry: Entry, stored: Any, around: Surroundings) -> Any:
        held = self._held(entry, stored, around)
        if held is not None:
            return held
        answers = {name: kind.read(entry[name], _values(stored, name), around) for name, kind in self.inner.items()}
        return {name: answer for name, answer in answers.items() if not is_empty(answer)}

    def _indexes(self, name: str, posted: Posted) -> list[str]:
        named = re.compile(re.escape(name) + r"\.(\d{1,4})\.")
        found = dict.fromkeys(match[1] for key in posted if (match := named.match(key)))
        return list(found)[:MOST]


def _values(stored: Any, name: str) -> list[Any]:
    """Every answer that the stored entries give to one item: their labels are known."""
    values = (entry.get(name) for entry in stored)
    return [one for value in values if value for one in (value if isinstance(value, list) else [value])]
