"""Constraints on one answer: each is one question and one French sentence.

An empty answer passes all but `Required` and `RequiredWhen`. Those that compare answers are in coherence.py.
None of them ever rejects a document: they make the quality state (O6).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Literal, Protocol

from app.sdm.answers import Answer, Coded, Group, PartialDate, Quantity, Text, Value, WholeNumber, YesNo
from app.sdm.conditions import Condition
from app.sdm.identity import ins_key_is_valid
from app.sdm.model import Item
from app.sdm.value_sets import find_concept
from app.sdm.view import View

Severity = Literal["missing", "incoherent"]
ANY_ANSWER = (Text, PartialDate, YesNo, WholeNumber, Quantity, Coded, Group)


class Constraint(Protocol):
    severity: ClassVar[Severity]
    suits: ClassVar[tuple[type[Answer], ...]]
    """The kinds of answer it makes sense for: the definition checks itself with them."""

    @property
    def watched(self) -> tuple[str, ...]:
        """The other items it looks at."""
        ...

    def refuses(self, item: Item, value: Value | None, view: View) -> bool: ...

    def sentence(self, item: Item) -> str: ...


@dataclass(frozen=True, slots=True)
class Required:
    severity: ClassVar[Severity] = "missing"
    suits: ClassVar[tuple[type[Answer], ...]] = ANY_ANSWER
    watched: ClassVar[tuple[str, ...]] = ()

    def refuses(self, item: Item, value: Value | None, view: View) -> bool:
        return value is None

    def sentence(self, item: Item) -> str:
        return "Cet item est à renseigner."


@dataclass(frozen=True, slots=True)
class RequiredWhen:
    condition: Condition
    reason: str = ""
    severity: ClassVar[Severity] = "missing"
    suits: ClassVar[tuple[type[Answer], ...]] = ANY_ANSWER

    @property
    def watched(self) -> tuple[str, ...]:
        return self.condition.watched

    def refuses(self, item: Item, value: Value | None, view: View) -> bool:
        return value is None and self.condition.holds(view)

    def sentence(self, item: Item) -> str:
        return f"Cet item est à renseigner {self.reason}.".replace(" .", ".")


@dataclass(frozen=True, slots=True)
class OneOf:
    """Every code belongs to the item's value set, today or formerly."""

    severity: ClassVar[Severity] = "incoherent"
    suits: ClassVar[tuple[type[Answer], ...]] = (Coded,)
    watched: ClassVar[tuple[str, ...]] = ()

    def refuses(self, item: Item, value: Value | None, view: View) -> bool:
        answer = item.answer
        if not (isinstance(answer, Coded) and answer.value_set):
            return False
        if isinstance(value, dict):
            return not _is_offered(answer, value["code"])
        entries = value if isinstance(value, list) else ()
        return any(not _is_offered(answer, entry["code"]) for entry in entries if isinstance(entry, dict))

    def sentence(self, item: Item) -> str:
        return UNKNOWN_CODE


def _is_offered(answer: Coded, code: str) -> bool:
    concept = find_concept(answer.value_set or "", code)
    return concept is not None and (concept.current or concept).code not in answer.without


UNKNOWN_CODE = "Ce code n’appartient pas à la liste. Choisir une valeur proposée."


@dataclass(frozen=True, slots=True)
class Between:
    """A number, or a quantity in the item's unit, between two bounds, both allowed."""

    low: float
    high: float
    severity: ClassVar[Severity] = "incoherent"
    suits: ClassVar[tuple[type[Answer], ...]] = (Quantity, WholeNumber)
    watched: ClassVar[tuple[str, ...]] = ()

    def refuses(self, item: Item, value: Value | None, view: View) -> bool:
        number = value.get("value") if isinstance(value, dict) else value
        return isinstance(number, int | float) and not self.low <= number <= self.high

    def sentence(self, item: Item) -> str:
        unit = UNITS.get(item.answer.unit, item.answer.unit) if isinstance(item.answer, Quantity) else ""
        return f"Une valeur entre {self.low:g} et {self.high:g} {unit} est attendue.".replace("  ", " ")


UNITS = {"mo": "mois", "wk": "semaines", "g": "g", "kg": "kg", "cm": "cm"}


@dataclass(frozen=True, slots=True)
class MaxLength:
    limit: int
    severity: ClassVar[Severity] = "incoherent"
    suits: ClassVar[tuple[type[Answer], ...]] = (Text,)
    watched: ClassVar[tuple[str, ...]] = ()

    def refuses(self, item: Item, value: Value | None, view: View) -> bool:
        return isinstance(value, str) and len(value) > self.limit

    def sentence(self, item: Item) -> str:
        return f"Ce texte dépasse {self.limit} caractères."


@dataclass(frozen=True, slots=True)
class InsKey:
    """The two digits that close the INS follow from the thirteen before them. A wrong one never rejects (I7)."""

    severity: ClassVar[Severity] = "incoherent"
    suits: ClassVar[tuple[type[Answer], ...]] = (Text,)
    watched: ClassVar[tuple[str, ...]] = ()

    def refuses(self, item: Item, value: Value | None, view: View) -> bool:
        return isinstance(value, str) and not ins_key_is_valid(value)

    def sentence(self, item: Item) -> str:
        return "La clé de l’INS ne correspond pas à son numéro. Vérifier les 15 caractères."


@dataclass(frozen=True, slots=True)
class Rpps:
    """Eleven digits, the last one a Luhn key, with or without the leading 8 of PS_IdNat (identifiers.md §4)."""

    severity: ClassVar[Severity] = "incoherent"
    suits: ClassVar[tuple[type[Answer], ...]] = (Text,)
    watched: ClassVar[tuple[str, ...]] = ()

    def refuses(self, item: Item, value: Value | None, view: View) -> bool:
        return isinstance(value, str) and not _is_rpps(value)

    def sentence(self, item: Item) -> str:
        return "Ce numéro RPPS n’est pas valide. Onze chiffres sont attendus."


def without_type_digit(number: str) -> str:
    """An RPPS as people write it: the 8 of PS_IdNat, before eleven digits, says only that it is one."""
    match = _PS_ID_NAT.fullmatch("".join(number.split()))
    return match[1] if match else number


_PS_ID_NAT = re.compile(r"8([0-9]{11})")


@lru_cache(maxsize=4096)  # a hospital has few professionals, and each signs many blocks
def _is_rpps(number: str) -> bool:
    digits = "".join(without_type_digit(number).split())
    return re.fullmatch(r"[0-9]{11}", digits) is not None and _luhn_total(digits) % 10 == 0


def _luhn_total(digits: str) -> int:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(number // 10 + number % 10 for number in doubled)


@dataclass(frozen=True, slots=True)
class Finess:
    """Nine characters (2A and 2B in Corsica), with or without the leading type digit (I7)."""

    severity: ClassVar[Severity] = "incoherent"
    suits: ClassVar[tuple[type[Answer], ...]] = (Text,)
    watched: ClassVar[tuple[str, ...]] = ()

    def refuses(self, item: Item, value: Value | None, view: View) -> bool:
        return isinstance(value, str) and not re.fullmatch(r"1?[0-9][0-9AB][0-9]{7}", "".join(value.split()).upper())

    def sentence(self, item: Item) -> str:
        return "Ce numéro FINESS n’est pas valide. Neuf caractères sont attendus."
