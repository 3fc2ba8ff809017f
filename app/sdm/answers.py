"""Kinds of answer: what the answer to an item looks like, in JSON and in Python at once.

Shapes (interfaces, « JSON of a fiche »): text → str; partial date → "2024", "2024-02" or "2024-02-28";
coded → {"system", "code", "label"}; quantity → {"value", "unit"}; yes/no → bool; whole number → int;
several answers → list; group → list of {item name: value}. An item without an answer is absent.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from app.sdm.oids import system_of

if TYPE_CHECKING:
    from app.sdm.model import Item

Value = str | bool | int | dict[str, Any] | list[Any]


class IllTyped(ValueError):
    """The value cannot be an answer of this kind; the message is a French sentence for the person who typed it."""


def tells_the_day(date: str) -> bool:
    """« 2024-02-28 », not « 2024-02 » nor « 2024 »."""
    return len(date) == len("2024-02-28")


def is_empty(value: object) -> bool:
    """Absent, blank, an empty list or an empty group: not stated. « Non » is an answer."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, _CONTAINERS) and not value)


_CONTAINERS = (list, dict)


@dataclass(frozen=True, slots=True)
class Text:
    max_length: int = 255
    lines: int = 1

    def read(self, raw: object) -> str:
        if not isinstance(raw, str):
            raise IllTyped("Un texte est attendu.")
        if _UNSTORABLE.search(raw):
            raise IllTyped("Ce texte contient un caractère interdit.")
        text = raw.strip()
        if len(text) > self.max_length:
            over = len(text) - self.max_length
            raise IllTyped(f"Ce texte dépasse {self.max_length} caractères : en enlever {over}.")
        return text


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What PostgreSQL refuses to store in JSON: NUL, and halves of surrogate pairs."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day: the precision that the person knows is kept."""

    def read(self, raw: object) -> str:
        match = isinstance(raw, str) and _PARTIAL_DATE.fullmatch(raw.strip())
        if not match:
            raise IllTyped("Une date est attendue : 2024, 2024-02 ou 2024-02-28.")
        year, month, day = match.groups()
        try:
            date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            raise IllTyped("Cette date n’existe pas.") from None
        return "-".join(part for part in (year, month, day) if part)


_PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class YesNo:
    def read(self, raw: object) -> bool:
        if not isinstance(raw, bool):
            raise IllTyped("Oui ou non est attendu (true ou false).")
        return raw


@dataclass(frozen=True, slots=True)
class WholeNumber:
    def read(self, raw: object) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int):
            raise IllTyped("Un nombre entier est attendu.")
        if abs(raw) > LARGEST:
            raise IllTyped("Ce nombre est trop grand.")
        return raw


LARGEST = 10**15
"""Beyond it, what reads JSON may round a whole number or refuse it."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit (UCUM: mo, wk, g, cm). `factors` reads other units into this one."""

    unit: str
    factors: tuple[tuple[str, float], ...] = ()

    def read(self, raw: object) -> dict[str, Any]:
        if not isinstance(raw, dict) or set(raw) - {"value", "unit"} or "value" not in raw:
            raise IllTyped(f"Une quantité est attendue : une valeur et son unité ({self.unit}).")
        number, unit = raw["value"], raw.get("unit", self.unit)
        if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
            raise IllTyped("Un nombre est attendu.")
        if abs(number) > LARGEST:
            raise IllTyped("Ce nombre est trop grand.")
        if unit != self.unit:
            factor = dict(self.factors).get(unit)
            if factor is None:
                raise IllTyped(f"L’unité attendue est {self.unit}.")
            number = round(number * factor, 6)
        return {"value": int(number) if number == int(number) else number, "unit": self.unit}


@dataclass(frozen=True, slots=True)
class Coded:
    """A code of one of `systems` (OIDs). With a value set, system and label follow from the code; `without` are codes
    of the set that this item does not accept any more."""

    systems: tuple[str, ...]
    value_set: str | None = None
    without: tuple[str, ...] = ()

    def read(self, raw: object) -> dict[str, Any]:
        if isinstance(raw, str):
            raw = {"code": raw}
        if not isinstance(raw, dict) or raw.keys() - _PARTS or not _is_code(raw.get("code")):
            raise IllTyped("Un code est attendu.")
        code, system, label = raw["code"].strip(), raw.get("system") or "", raw.get("label") or ""
        if not (_is_text(system) and _is_text(label)):
            raise IllTyped("Le système et le libellé d’un code sont des textes.")
        if self.value_set:
            from app.sdm.value_sets import find_concept

            concept = find_concept(self.value_set, code, system or None)
            if concept and concept.code != code:  # too precise for the list: read as its root (O6)
                code, label = concept.code, concept.label
            if concept:
                system, label = system or concept.system, label or concept.label
        return {"system": system or system_of(code, self.systems), "code": code, "label": label}


_PARTS = frozenset({"system", "code", "label"})


def _is_code(code: object) -> bool:
    return isinstance(code, str) and bool(code.strip()) and len(code) <= 120 and _is_text(code)


def _is_text(text: object) -> bool:
    return isinstance(text, str) and not _UNSTORABLE.search(text)


@dataclass(frozen=True, slots=True)
class Group:
    """A grouped list (§G2): each entry is a dictionary of the group's own items."""

    items: tuple[Item, ...]

    def read(self, raw: object) -> dict[str, Any]:
        if not isinstance(raw, dict):
            raise IllTyped("Un groupe de réponses est attendu.")
        known = {item.name: item for item in self.items}
        unknown = set(raw) - set(known)
        if unknown:
            raise IllTyped(f"Élément inconnu : {', '.join(sorted(unknown))}.")
        answers = {name: known[name].read(value) for name, value in raw.items() if not is_empty(value)}
        return {name: answer for name, answer in answers.items() if not is_empty(answer)}


Answer = Text | PartialDate | YesNo | WholeNumber | Quantity | Coded | Group
