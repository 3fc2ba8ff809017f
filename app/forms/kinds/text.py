"""A line or a few lines of text. The longest is for the item to tell, in a sentence: a browser that knew it would cut
what is pasted without a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.forms.kinds.wire import Posted, Surroundings
from app.sdm.answers import is_empty


@dataclass(frozen=True, slots=True)
class TextKind:
    lines: int = 1
    legend: bool = False

    @property
    def widget(self) -> str:
        return "lines" if self.lines > 1 else "line"

    def show(self, stored: Any, around: Surroundings) -> str:
        return "" if is_empty(stored) else self._as_browsers_do(str(stored))

    def take(self, name: str, posted: Posted) -> str | None:
        values = posted.get(name)
        return self._as_browsers_do(values[0]) if values else None

    def same(self, wire: str, shown: str) -> bool:
        return wire.strip() == shown.strip()

    def read(self, wire: str, stored: Any, around: Surroundings) -> str | None:
        return wire.strip() or None

    def _as_browsers_do(self, text: str) -> str:
        """A browser sends CR LF for the ends of lines, and drops them from a single line."""
        plain = text.replace("\r\n", "\n").replace("\r", "\n")
        return plain if self.lines > 1 else plain.replace("\n", "")
