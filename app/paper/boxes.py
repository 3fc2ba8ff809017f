"""Boxes to tick: yes or no, the codes of a short list, the sites of the hospital. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.sdm.value_sets import VALUE_SETS, current_code


@dataclass(frozen=True, slots=True)
class Box:
    label: str
    ticked: bool = False


def yes_or_no(value: Any) -> tuple[Box, ...]:
    return Box("Oui", value is True), Box("Non", value is False)


def of_sites(sites: Mapping[str, str], value: Any) -> tuple[Box, ...]:
    """A site that a document named and that the hospital does not have stays one of the boxes."""
    own = tuple(Box(label or code, code == value) for code, label in sites.items())
    return own if not value or value in sites else (*own, Box(str(value), ticked=True))


def of_value_set(name: str, value: Any) -> tuple[Box, ...]:
    """Today's codes in their order; a former one ticks its successor, an unknown one has its own box."""
    given = [one for one in (value if isinstance(value, list) else [value]) if one]
    codes = {current_code(name, one["code"]) for one in given}
    current = VALUE_SETS[name].current
    return (*(Box(concept.label, concept.code in codes) for concept in current), *_unknown(name, given))


def _unknown(name: str, given: list[Any]) -> Iterator[Box]:
    known = {concept.code for concept in VALUE_SETS[name].current}
    for one in given:
        if current_code(name, one["code"]) not in known:
            yield Box(one.get("label") or one["code"], ticked=True)
