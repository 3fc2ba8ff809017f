"""A number with its unit. The unit may be typed: « 1,5 an » in an age in months is 18 months."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from app.forms.kinds.wire import Posted, Surroundings, one_of
from app.sdm.answers import IllTyped, Quantity
from app.sdm.constraints import UNITS

WORDS = {
    "mo": ("mois", "mo", "m"),
    "a": ("an", "ans", "annee", "annees", "a"),
    "wk": ("semaine", "semaines", "sem", "sa", "wk", "s"),
    "d": ("jour", "jours", "j", "d"),
    "g": ("g", "gr", "gramme", "grammes"),
    "kg": ("kg", "kilo", "kilos"),
    "cm": ("cm",),
    "mm": ("mm",),
    "m": ("m", "metre", "metres"),
}
"""UCUM unit → how people write it, without accents. What a word means depends on the units that the item reads."""
LONGEST = 15


@dataclass(frozen=True, slots=True)
class QuantityKind:
    answer: Quantity
    widget: str = "number"
    legend: bool = False

    @property
    def unit(self) -> str:
        return UNITS.get(self.answer.unit, self.answer.unit)

    def show(self, stored: Any, around: Surroundings) -> str:
        return "" if stored is None else str(stored["value"]).replace(".", ",")

    def take(self, name: str, posted: Posted) -> str | None:
        return one_of(name, posted)

    def same(self, wire: str, shown: str) -> bool:
        return wire == shown

    def read(self, wire: str, stored: Any, around: Surroundings) -> dict[str, Any] | None:
        if not wire:
            return None
        match = _QUANTITY.fullmatch(wire)
        number = "".join(match[1].split()).replace(",", ".") if match else ""
        if match is None or len(number) > LONGEST:
            raise IllTyped(f"Un nombre de {self.unit} est attendu : 12, ou 12,5.")
        return {"value": float(number) if "." in number else int(number), "unit": self._unit(match[2])}

    def _unit(self, written: str) -> str:
        word = "".join(one for one in unicodedata.normalize("NFKD", written.casefold()) if one.isalpha())
        known = (self.answer.unit, *(unit for unit, _ in self.answer.factors))
        found = next((unit for unit in known if word in WORDS.get(unit, (unit,))), None)
        if word and found is None:
            raise IllTyped(f"L’unité attendue est : {self.unit}.")
        return found or self.answer.unit


_QUANTITY = re.compile(r"([+-]?[0-9][0-9\s]*(?:[.,][0-9]+)?(?:e[+-]?[0-9]+)?)\s*([^\W\d_]*)\.?", re.I)
