"""Oui, non, or nothing said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.forms.kinds.wire import Posted, Surroundings, one_of
from app.sdm.answers import IllTyped

YES, NO, UNSAID = "oui", "non", ""
SPELLINGS = {"true": YES, "1": YES, "on": YES, "false": NO, "0": NO}
"""How programs say it."""


@dataclass(frozen=True, slots=True)
class YesNoKind:
    widget: str = "yes_no"
    legend: bool = True

    def show(self, stored: Any, around: Surroundings) -> str:
        return UNSAID if stored is None else YES if stored else NO

    def take(self, name: str, posted: Posted) -> str | None:
        said = one_of(name, posted)
        return None if said is None else SPELLINGS.get(said.lower(), said.lower())

    def same(self, wire: str, shown: str) -> bool:
        return wire == shown

    def read(self, wire: str, stored: Any, around: Surroundings) -> bool | None:
        if wire not in (YES, NO, UNSAID):
            raise IllTyped("Répondre par « oui » ou par « non ».")
        return None if wire == UNSAID else wire == YES
