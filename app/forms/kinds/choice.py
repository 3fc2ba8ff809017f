"""A code of a value set: radio buttons up to five, a list beyond, boxes to tick for several answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.forms.kinds.references import coding_of, codings, distinct, reference
from app.forms.kinds.wire import Posted, Surroundings
from app.sdm.concepts import ValueSet
from app.sdm.value_sets import VALUE_SETS, find_concept

FEW = 5
Wire = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """`former`: no list offers it any more, the fiche holds it."""

    value: str
    label: str
    former: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceKind:
    value_set: str
    multiple: bool = False
    without: tuple[str, ...] = ()

    @property
    def widget(self) -> str:
        if self.multiple:
            return "boxes"
        return "radios" if len(self._set.current) <= FEW else "select"

    @property
    def legend(self) -> bool:
        return self.widget != "select"

    def options(self, wire: Wire, stored: Any) -> Iterator[Option]:
        """Those of today, then those that the fiche holds and that no list offers any more."""
        offered = _offered(self.value_set, self.without)
        yield from offered.values()
        known = offered.keys()
        labels = {self._reference(one): one.get("label") for one in codings(stored)}
        for text in distinct((*wire, *labels)):
            if text not in known:
                yield Option(text, labels.get(text) or self._label(text), former=True)

    def show(self, stored: Any, around: Surroundings) -> Wire:
        return distinct(self._reference(one) for one in codings(stored))

    def take(self, name: str, posted: Posted) -> Wire | None:
        values = posted.get(name)
        return None if values is None else distinct(values if self.multiple else values[:1])

    def same(self, wire: Wire, shown: Wire) -> bool:
        return set(wire) == set(shown)

    def read(self, wire: Wire, stored: Any, around: Surroundings) -> Any:
        known = {self._reference(one): one for one in codings(stored)}
        answers = [known.get(text) or coding_of(text) for text in wire]
        return answers or None if self.multiple else next(iter(answers), None)

    @property
    def _set(self) -> ValueSet:
        return VALUE_SETS[self.value_set]

    def _reference(self, coding: Any) -> str:
        return reference(coding, self._system_of)

    def _system_of(self, code: str) -> str:
        return _system_in(self.value_set, code)

    def _label(self, text: str) -> str:
        concept = find_concept(self.value_set, coding_of(text)["code"])
        return concept.label if concept else coding_of(text)["code"]


@cache
def _offered(value_set: str, without: tuple[str, ...]) -> dict[str, Option]:
    """Today's choices by their reference, made once: a page asks for a hundred relationships three times."""
    coded = ChoiceKind(value_set)
    current = [one for one in VALUE_SETS[value_set].current if one.code not in without]
    made = (coded._reference({"code": one.code, "system": one.system}) for one in current)
    return {text: Option(text, one.label) for text, one in zip(made, current, strict=True)}


def _system_in(value_set: str, code: str) -> str:
    concept = find_concept(value_set, code)
    return concept.system if concept and concept.code == code else ""
