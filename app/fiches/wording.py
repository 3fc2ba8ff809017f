"""Values and states in French, as a person reads them: in the history, in the commands, on the screen. Pure."""

from __future__ import annotations

from typing import Any

from app.sdm.answers import Value
from app.sdm.model import Item

QUALITIES = {
    "draft": "brouillon",
    "incomplete": "à compléter",
    "to_correct": "à corriger",
    "complete": "complète",
}
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
            return " ; ".join(map(say, value))
        case dict():
            return _say_dictionary(value)
        case _:
            return str(value)


def label_of(item: Item | None, name: str) -> str:
    """An item that a former edition defined keeps its name when nothing labels it any more."""
    return item.label if item else name


def _say_text(text: str) -> str:
    parts = text.split("-")
    is_date = all(part.isdigit() for part in parts) and [len(part) for part in parts] in ([4, 2], [4, 2, 2])
    return "/".join(reversed(parts)) if is_date else text


def _say_dictionary(value: dict[str, Any]) -> str:
    if "code" in value:
        return value.get("label") or value["code"]
    if set(value) == {"value", "unit"}:
        return f"{value['value']} {value['unit']}"
    return ", ".join(map(say, value.values()))
