"""Which questions a form shows: decided here, at each save again; the page does the same as one types. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.sdm.check import is_shown
from app.sdm.model import Block
from app.sdm.view import Context, View

Answers = Mapping[str, Any]


def hidden_items(block: Block, stored: Answers, answers: Answers, context: Context) -> frozenset[str]:
    """Items whose condition fails. One that had an answer before its condition held keeps its place: it is there to be
    read and corrected. What is hidden counts as empty for the conditions of the others."""
    kept = kept_items(block, stored, context)
    hidden: frozenset[str] = frozenset()
    for _ in block.items:
        visible = {name: value for name, value in answers.items() if name not in hidden}
        view = View(block.by_name, visible, context)
        now = frozenset(item.name for item in block.items if item.name not in kept and not is_shown(item, view))
        if now == hidden:
            break
        hidden = now
    return hidden


def kept_items(block: Block, stored: Answers, context: Context) -> frozenset[str]:
    """Items that have an answer though nothing calls for it."""
    view = View(block.by_name, stored, context)
    return frozenset(item.name for item in block.items if item.name in stored and not is_shown(item, view))
