"""A partial date: three inputs of the same name (day, month, year), or one text in any usual writing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.forms.kinds.wire import Posted, Surroundings
from app.sdm.answers import IllTyped
from app.sdm.written_dates import Parts, parts_of

BLANK: Parts = ("", "", "")


@dataclass(frozen=True, slots=True)
class PartialDateKind:
    widget: str = "partial_date"
    legend: bool = True

    def show(self, stored: Any, around: Surroundings) -> Parts:
        year, month, day = (*str(stored or "").split("-"), "", "")[:3]
        return day, month, year

    def take(self, name: str, posted: Posted) -> Parts | None:
        """A whole date typed or pasted into one of the inputs counts as the whole date."""
        values = [value.strip() for value in posted.get(name, ())]
        if not values:
            return None
        day, month, year = (*values, "", "")[:3]
        written = [one for one in (day, month, year) if one]
        whole = parts_of(written[0]) if len(written) == 1 and (len(values) == 1 or len(written[0]) > 4) else None
        return whole or (_two(day), _two(month), year)

    def same(self, wire: Parts, shown: Parts) -> bool:
        return wire == shown

    def read(self, wire: Parts, stored: Any, around: Surroundings) -> str | None:
        """`PartialDate.read` says afterwards whether the day exists."""
        day, month, year = wire
        if wire == BLANK:
            return None
        if not all(part.isascii() and part.isdigit() for part in wire if part):
            raise IllTyped("Une date est attendue : 28/02/2024, 02/2024 ou 2024.")
        if len(year) != 4:
            raise IllTyped("Indiquer l’année en quatre chiffres : 28/02/2024, 02/2024 ou 2024.")
        if day and not month:
            raise IllTyped("Indiquer aussi le mois, ou laisser le jour vide.")
        return "-".join(part for part in (year, month, day) if part)


def _two(digits: str) -> str:
    return digits.zfill(2) if len(digits) == 1 and digits.isdigit() else digits
