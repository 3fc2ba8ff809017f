"""Conditions: when an item is shown, when it is required. Codes are compared as today's codes (crosswalk)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from app.sdm.view import View


class Condition(Protocol):
    def holds(self, view: View) -> bool: ...

    @property
    def watched(self) -> tuple[str, ...]:
        """The items whose answers decide: a form watches them."""
        ...


@dataclass(frozen=True, slots=True)
class AnyOf:
    """The coded item (or one of its codes) is one of `codes`, given as today's codes."""

    item: str
    codes: tuple[str, ...]

    def holds(self, view: View) -> bool:
        return not view.codes(self.item).isdisjoint(self.codes)

    @property
    def watched(self) -> tuple[str, ...]:
        return (self.item,)


def Equals(item: str, code: str) -> AnyOf:  # noqa: N802 - it reads as the condition it makes
    return AnyOf(item, (code,))


@dataclass(frozen=True, slots=True)
class Is:
    """The yes/no item has this answer; an item without answer is neither."""

    item: str
    value: bool

    def holds(self, view: View) -> bool:
        return view.value(self.item) is self.value

    @property
    def watched(self) -> tuple[str, ...]:
        return (self.item,)


def IsTrue(item: str) -> Is:  # noqa: N802
    return Is(item, True)


def IsFalse(item: str) -> Is:  # noqa: N802
    return Is(item, False)


@dataclass(frozen=True, slots=True)
class Filled:
    item: str

    def holds(self, view: View) -> bool:
        return view.value(self.item) is not None

    @property
    def watched(self) -> tuple[str, ...]:
        return (self.item,)


@dataclass(frozen=True, slots=True)
class Born:
    """The fiche is that of a born patient."""

    watched: tuple[str, ...] = ()

    def holds(self, view: View) -> bool:
        return view.context.kind == "born"


@dataclass(frozen=True, slots=True)
class Unborn:
    """The fiche is that of a fetus."""

    watched: tuple[str, ...] = ()

    def holds(self, view: View) -> bool:
        return view.context.kind == "fetus"


@dataclass(frozen=True, slots=True)
class BeganBeforeBirth:
    """The fiche was a fetus's: its prises en charge and activities may come before the birth."""

    watched: tuple[str, ...] = ()

    def holds(self, view: View) -> bool:
        return view.context.prenatal or view.context.kind == "fetus"


@dataclass(frozen=True, slots=True)
class Not:
    condition: Condition

    def holds(self, view: View) -> bool:
        return not self.condition.holds(view)

    @property
    def watched(self) -> tuple[str, ...]:
        return self.condition.watched


@dataclass(frozen=True, slots=True)
class Either:
    conditions: tuple[Condition, ...]

    def holds(self, view: View) -> bool:
        return any(condition.holds(view) for condition in self.conditions)

    @property
    def watched(self) -> tuple[str, ...]:
        return tuple(item for condition in self.conditions for item in condition.watched)


@dataclass(frozen=True, slots=True)
class Both:
    conditions: tuple[Condition, ...]

    def holds(self, view: View) -> bool:
        return all(condition.holds(view) for condition in self.conditions)

    @property
    def watched(self) -> tuple[str, ...]:
        return tuple(item for condition in self.conditions for item in condition.watched)
