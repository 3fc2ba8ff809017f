"""The answers of one block instance as conditions and constraints question them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from app.sdm.answers import Coded, Value, is_empty
from app.sdm.model import Item
from app.sdm.value_sets import current_code

NOTHING: Mapping[str, Value] = {}


@dataclass(frozen=True, slots=True)
class Context:
    """What a block must know of the rest of the fiche: its kind, the patient's answers, those of the block that
    holds it (a fetus's pregnancy, a group's block), the day, and whether the fiche began before the birth."""

    kind: Literal["born", "fetus"] = "born"
    patient: Mapping[str, Value] = field(default_factory=dict)
    parent: Mapping[str, Value] = field(default_factory=dict)
    today: date | None = None
    prenatal: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """`items` are those of the block or group under question."""

    items: Mapping[str, Item]
    answers: Mapping[str, Value]
    context: Context

    def value(self, name: str) -> Value | None:
        """The answer to an item of this block, else of the one that holds it, else of the patient; None when empty."""
        for answers in (self.answers,) if name in self.items else (self.context.parent, self.context.patient):
            value = answers.get(name)
            if value is not None and not is_empty(value):
                return value
        return None

    def text(self, name: str) -> str:
        """The answer when it is a text or a date, else "" (nothing can be compared with it)."""
        value = self.value(name)
        return value if isinstance(value, str) else ""

    def codes(self, name: str) -> frozenset[str]:
        """The current codes of a coded answer, former codes read through the crosswalk."""
        value, item = self.value(name), self.items.get(name)
        value_set = item.answer.value_set if item and isinstance(item.answer, Coded) else None
        codes = (one["code"] for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict))
        return frozenset(current_code(value_set, code) if value_set else code for code in codes)
