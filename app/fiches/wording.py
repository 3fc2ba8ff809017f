"""Values and states in French, as a person reads them: in the history, in the commands, on the screen. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.fiches.quality import STATE_LABELS
from app.sdm.answers import Coded, IllTyped, PartialDate, Value
from app.sdm.model import Item
from app.sdm.value_sets import find_concept

QUALITIES: dict[str, str] = {state: label.lower() for state, label in STATE_LABELS.items()}
ORIGINS = {"web": "saisie", "dpi": "DPI", "import": "import", "merge": "fusion"}
KINDS = {"born": "patient", "fetus": "fœtus"}
ABSENT = "—"


def say(value: Value | None) -> str:
    """« 28/02/2024 », « Oui », « 3200 g », « Féminin »; several answers are separated by a semicolon."""
    match value:
        case None | "" | []:
            return ABSENT
        case bool():
            return "Oui" if value else "Non"
        case str():
            return _say_text(value)
        case list():
            return "\u202f; ".join(map(say, value))
        case dict():
            return _say_dictionary(value)
        case _:
            return str(value)


def word_of(answer: Coded, value: Mapping[str, str]) -> str:
    """The label of a code, in the words of its list: documents call « À la naissance » « période néonatale »."""
    known = find_concept(answer.value_set, value["code"], value.get("system")) if answer.value_set else None
    return known.label if known else value.get("label", "")


def say_answer(item: Item, value: Value) -> str:
    """As `say`, a code in the words of its list."""
    coded = isinstance(item.answer, Coded) and isinstance(value, dict)
    return (coded and word_of(item.answer, value)) or say(value)  # type: ignore[arg-type]


def label_of(item: Item | None, name: str) -> str:
    """An item that a former edition defined keeps its name when nothing labels it any more."""
    return item.label if item else name


def _say_text(text: str) -> str:
    try:
        return "/".join(reversed(PartialDate().read(text).split("-")))
    except IllTyped:
        return text


def _say_dictionary(value: dict[str, Any]) -> str:
    if "code" in value:
        return value.get("label") or value["code"]
    if set(value) == {"value", "unit"}:
        return f"{value['value']} {value['unit']}"
    return ", ".join(map(say, value.values()))
