"""A raw answer in its one shape, as the definition says; what it refuses is dropped with a warning (O6)."""

from __future__ import annotations

from typing import Any

from lxml.etree import _Element

from app.cda.reading import Reading
from app.sdm.answers import Coded, Group, IllTyped, Value
from app.sdm.definition import BLOCKS
from app.sdm.model import DefinitionError, Item
from app.sdm.value_sets import find_concept


def item_of(block: str, name: str) -> Item:
    """An item of a block, or of one of its grouped lists ("patient.treatments"): found at import, or never."""
    owner, _, group = block.partition(".")
    found = BLOCKS[owner].item(group or name)
    if group and found and isinstance(found.answer, Group):
        found = next((inner for inner in found.answer.items if inner.name == name), None)
    if found is None:
        raise DefinitionError(f"bloc {block} : l’item {name} a un chemin et pas de définition")
    return found


def accept(item: Item, raw: Any, element: _Element, reading: Reading) -> Value | None:
    """One answer of an item (one entry of a list). An unknown code is kept, with a warning."""
    try:
        value = item.answer.read(raw)
    except IllTyped:
        reading.warn("W-VALUE", f"« {item.label} » : réponse illisible, ignorée.", element)
        return None
    if isinstance(item.answer, Coded) and isinstance(value, dict) and not _is_known(item.answer, value):
        reading.warn("W-CODE", f"« {item.label} » : code inconnu, gardé tel quel.", element)
    return value


def _is_known(answer: Coded, value: dict[str, Any]) -> bool:
    return answer.value_set is None or find_concept(answer.value_set, value["code"], value["system"]) is not None
