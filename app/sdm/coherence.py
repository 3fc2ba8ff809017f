"""Constraints that compare answers: order of dates, order of ages, length of a life.

Nothing is compared with what is unknown.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from app.sdm.answers import Answer, Coded, PartialDate, Quantity, Value
from app.sdm.conditions import Condition
from app.sdm.constraints import Severity
from app.sdm.dates import earliest_month, is_surely_before, latest_month
from app.sdm.model import Item
from app.sdm.view import View


@dataclass(frozen=True, slots=True)
class _Order:
    """This date and that of another item, of this block or of the patient."""

    other: str
    message: str
    unless: Condition | None = None
    severity: ClassVar[Severity] = "incoherent"
    suits: ClassVar[tuple[type[Answer], ...]] = (PartialDate,)

    @property
    def watched(self) -> tuple[str, ...]:
        return (self.other, *(self.unless.watched if self.unless else ()))

    def refuses(self, item: Item, value: Value | None, view: View) -> bool:
        other = view.text(self.other)
        return isinstance(value, str) and bool(other) and self.breaks(value, other) and not _spared(self, view)

    @abstractmethod
    def breaks(self, date: str, other: str) -> bool: ...

    def sentence(self, item: Item) -> str:
        return self.message


class NotBefore(_Order):
    """The date does not precede the other."""

    __slots__ = ()

    def breaks(self, date: str, other: str) -> bool:
        return is_surely_before(date, other)


class NotAfter(_Order):
    """The date does not follow the other."""

    __slots__ = ()

    def breaks(self, date: str, other: str) -> bool:
        return is_surely_before(other, date)


def _spared(constraint: _Order | AgeNotBefore, view: View) -> bool:
    return constraint.unless is not None and constraint.unless.holds(view)


@dataclass(frozen=True, slots=True)
class NotInFuture:
    """One day of grace: the server's day may lag behind the reader's."""

    severity: ClassVar[Severity] = "incoherent"
    suits: ClassVar[tuple[type[Answer], ...]] = (PartialDate,)
    watched: ClassVar[tuple[str, ...]] = ()

    def refuses(self, item: Item, value: Value | None, view: View) -> bool:
        today = view.context.today
        if today is None or not isinstance(value, str):
            return False
        return is_surely_before((today + timedelta(days=1)).isoformat(), value)

    def sentence(self, item: Item) -> str:
        return "Cette date est dans le futur."


@dataclass(frozen=True, slots=True)
class WithinLives:
    """Nobody has lived that long: a year typed with a digit missing."""

    longest: int = 150
    severity: ClassVar[Severity] = "incoherent"
    suits: ClassVar[tuple[type[Answer], ...]] = (PartialDate,)
    watched: ClassVar[tuple[str, ...]] = ()

    def refuses(self, item: Item, value: Value | None, view: View) -> bool:
        today = view.context.today
        return today is not None and isinstance(value, str) and int(value[:4]) < today.year - self.longest

    def sentence(self, item: Item) -> str:
        return f"Cette date a plus de {self.longest} ans\u202f: vérifier l’année."


@dataclass(frozen=True, slots=True)
class AgeNotBefore:
    """The moment of life this item tells does not precede another one: « anténatal » comes before « à la naissance »,
    ages compare in months, « indéterminé » and « aucun signe » compare with nothing. Set on the item of the period."""

    age: str
    other: str
    other_age: str
    message: str
    unless: Condition | None = None
    severity: ClassVar[Severity] = "incoherent"
    suits: ClassVar[tuple[type[Answer], ...]] = (Coded,)

    @property
    def watched(self) -> tuple[str, ...]:
        return (self.age, self.other, self.other_age, *(self.unless.watched if self.unless else ()))

    def refuses(self, item: Item, value: Value | None, view: View) -> bool:
        mine, theirs = moment(view, item.name, self.age), moment(view, self.other, self.other_age)
        return mine is not None and theirs is not None and mine < theirs and not _spared(self, view)

    def sentence(self, item: Item) -> str:
        return self.message


ANTENATAL, AT_BIRTH, AT_AGE, POST_MORTEM = "303112003", "255407002", "767023003", "303113008"


def moment(view: View, period: str, age: str) -> tuple[float, ...] | None:
    """Where a period stands in a life, for comparison; None when it cannot be compared.

    An age of 0 month is the birth: the two answers say the same thing.
    """
    codes = view.codes(period)
    if AT_AGE in codes:
        months = months_of(view.value(age))
        return None if months is None else (1, months)
    return next((_MOMENTS[code] for code in codes if code in _MOMENTS), None)


_MOMENTS: dict[str, tuple[float, ...]] = {ANTENATAL: (0,), AT_BIRTH: (1, 0), POST_MORTEM: (2,)}


def months_of(age: Any) -> float | None:
    return age.get("value") if isinstance(age, dict) else None


@dataclass(frozen=True, slots=True)
class AgeWithinLife:
    """An age in months, added to the birth date, falls before the death (or today). Set on the item of the age."""

    severity: ClassVar[Severity] = "incoherent"
    suits: ClassVar[tuple[type[Answer], ...]] = (Quantity,)
    watched: ClassVar[tuple[str, ...]] = ("birth_date", "death_date")

    def refuses(self, item: Item, value: Value | None, view: View) -> bool:
        birth, months = view.text("birth_date"), months_of(value)
        end = view.text("death_date") or (view.context.today.isoformat() if view.context.today else "")
        return bool(birth and end) and months is not None and earliest_month(birth) + int(months) > latest_month(end)

    def sentence(self, item: Item) -> str:
        return "Cet âge dépasse l’âge du patient (ou son âge au décès)."
