"""A value as the screen shows it: parts of text, each with its code when the code tells something. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from app.fiches.wording import ABSENT, say, word_of
from app.sdm.answers import Coded, Group, PartialDate, Quantity, Value, is_empty
from app.sdm.constraints import without_type_digit
from app.sdm.model import Item
from app.sdm.oids import CIM_10, ORPHA_DISEASES, ORPHA_GROUPS
from app.terminology.terms import label_of

PREFIXES = {ORPHA_DISEASES: "ORPHA:", ORPHA_GROUPS: "ORPHA:", CIM_10: "CIM-10 "}
UNITS = {"mo": "mois", "wk": "semaines", "g": "g", "cm": "cm"}
TELECOM = re.compile(r"^(tel|mailto|fax):", re.I)
SITE_ITEMS = frozenset({"care_site_id", "activity_site_id", "diagnosis_site_id"})


class Part(NamedTuple):
    text: str
    code: str = ""


def parts_of(item: Item, value: Value, sites: Mapping[str, str], answers: Mapping[str, Value]) -> list[Part]:
    """One part per answer. `sites` maps the hospital's site codes to their labels; `answers` are those of the block:
    a place received as a bare code is read with the label received beside it."""
    if item.name in SITE_ITEMS and isinstance(value, str):
        label = sites.get(value)
        return [Part(label, value) if label else Part(value)]
    if isinstance(value, str) and item.name.endswith("_rpps"):
        return [Part(without_type_digit(value))]
    received = answers.get(item.name.removesuffix("_code") + "_label")
    if isinstance(value, dict) and not value.get("label") and isinstance(received, str):
        value = {**value, "label": received}
    return [_part(item, one) for one in (value if isinstance(value, list) else [value])]


def text_of(item: Item, value: Value | None, sites: Mapping[str, str], answers: Mapping[str, Value]) -> str:
    """As `parts_of`, in one line and without the codes that have a label."""
    told = value not in (None, "", [])
    return "\u202f; ".join(part.text for part in parts_of(item, value, sites, answers)) if told else ABSENT  # type: ignore[arg-type]


def said(item: Item | None, value: Value | None, sites: Mapping[str, str]) -> str:
    """On one line, as people read a change: « 12 mois », « Syndrome de Marfan ORPHA:558 », a site by its name. `item`
    is None when no edition defines it any more."""
    if item is None or is_empty(value):
        return say(value)
    parts = parts_of(item, value, sites, {})  # type: ignore[arg-type]
    return "\u202f; ".join(f"{part.text} {part.code}".strip() for part in parts)


def _part(item: Item, value: Any) -> Part:
    match item.answer:
        case Group() as group:
            return Part(" · ".join(_members(group, value)))
        case Coded() if isinstance(value, dict):
            return _coded(item.answer, value)
        case Quantity() if isinstance(value, dict):
            return Part(f"{_number(value['value'])} {UNITS.get(value['unit'], value['unit'])}")
        case PartialDate():
            return Part(say(value))
        case _:
            return Part(TELECOM.sub("", value) if isinstance(value, str) else say(value))


def _coded(answer: Coded, value: Mapping[str, str]) -> Part:
    """A code of an open terminology is worth reading; that of a closed list is not."""
    code = value["code"]
    label = word_of(answer, value) or label_of(value.get("system", ""), code)
    shown = code if not answer.value_set else ""
    shown = PREFIXES.get(value.get("system", ""), "") + shown if shown else ""
    return Part(label, shown) if label else Part(shown or code)


def _members(group: Group, entry: Mapping[str, Any]) -> Iterator[str]:
    for inner in group.items:
        if inner.name in entry:
            values = entry[inner.name] if isinstance(entry[inner.name], list) else [entry[inner.name]]
            shown = (_part(inner, value) for value in values)
            yield f"{inner.label} : " + ", ".join(f"{part.text} {part.code}".strip() for part in shown)


def _number(number: float) -> str:
    return f"{number:g}".replace(".", ",") if isinstance(number, float) else str(number)
