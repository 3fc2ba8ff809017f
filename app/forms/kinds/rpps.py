"""An RPPS number: the eleven digits that people know. Documents put the digit 8 of PS_IdNat before them; it is neither
shown nor asked, and a number that nobody touched stays as the document wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from app.forms.kinds.wire import Posted, Surroundings, one_of
from app.sdm.answers import is_empty
from app.sdm.constraints import without_type_digit


@dataclass(frozen=True, slots=True)
class RppsKind:
    widget: str = "line"
    legend: bool = False

    def show(self, stored: Any, around: Surroundings) -> str:
        return "" if is_empty(stored) else without_type_digit(str(stored))

    def take(self, name: str, posted: Posted) -> str | None:
        typed = one_of(name, posted)
        return None if typed is None else without_type_digit(typed)

    def same(self, wire: str, shown: str) -> bool:
        return _plain(wire) == _plain(shown)

    def read(self, wire: str, stored: Any, around: Surroundings) -> str | None:
        """Digits are stored without their spaces; what is no number stays as it was typed: it is « à corriger »."""
        plain = _plain(wire)
        return (plain if plain.isdigit() else wire) or None


def _plain(number: str) -> str:
    return re.sub(r"\s", "", number)
