"""A whole number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from app.forms.kinds.wire import Posted, Surroundings, one_of
from app.sdm.answers import IllTyped

LONGEST = 15


@dataclass(frozen=True, slots=True)
class WholeNumberKind:
    widget: str = "number"
    legend: bool = False
    unit: str = ""

    def show(self, stored: Any, around: Surroundings) -> str:
        return "" if stored is None else str(stored)

    def take(self, name: str, posted: Posted) -> str | None:
        return one_of(name, posted)

    def same(self, wire: str, shown: str) -> bool:
        return wire == shown

    def read(self, wire: str, stored: Any, around: Surroundings) -> int | None:
        if not wire:
            return None
        digits = "".join(wire.split())
        if not re.fullmatch(rf"[+-]?[0-9]{{1,{LONGEST}}}", digits):
            raise IllTyped("Un nombre entier est attendu, en chiffres : 2.")
        return int(digits)
