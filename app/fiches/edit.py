"""A person's edit, checked against the definition and applied to a block. Pure.

Only unknown items and ill-typed values are refused (interfaces, « fiches save »), a code that no list has among
them: a missing or an incoherent answer is kept, and the quality state of the fiche says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.fiches.record import BlockRecord, Stamp
from app.sdm.answers import IllTyped, Value, is_empty
from app.sdm.definition import BLOCKS
from app.sdm.model import Block, Merge
from app.sdm.typed_codes import refuse_unknown_codes
from app.terminology.labelling import with_labels


class EditRefused(Exception):
    """The edit cannot be kept. `sentences` says why, per item (or per block when the item is "")."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self.sentences = dict(sentences)
        super().__init__(" ".join(f"{item} : {why}" if item else why for item, why in self.sentences.items()))


def refuse(sentence: str) -> EditRefused:
    return EditRefused({"": sentence})


def read_answers(block: Block, raw: Mapping[str, Any]) -> dict[str, Value | None]:
    """The answers in their one shape; None where the person emptied the item. Raises EditRefused."""
    answers: dict[str, Value | None] = {}
    sentences: dict[str, str] = {}
    for name, value in raw.items():
        try:
            answers[name] = _read(block, name, value)
        except IllTyped as refusal:
            sentences[name] = str(refusal)
    if sentences:
        raise EditRefused(sentences)
    return answers


def _read(block: Block, name: str, value: Any) -> Value | None:
    item = block.item(name)
    if item is None:
        raise IllTyped(f"Cet item n’existe pas dans le bloc « {block.label} ».")
    if is_empty(value):
        return None
    answer = with_labels(item.read(value))
    return None if is_empty(answer) else answer


def unknown_codes(
    block: Block, answers: Mapping[str, Value | None], held: Sequence[Mapping[str, Value]]
) -> dict[str, str]:
    """Why a code is refused, per item; `held` are the states of the block, whose codes stay accepted."""
    refused = {}
    for item in (one for one in block.items if one.name in answers):
        try:
            refuse_unknown_codes(item, answers[item.name], *(state.get(item.name) for state in held))
        except IllTyped as refusal:
            refused[item.name] = str(refusal)
    return refused


def apply(record: BlockRecord, answers: Mapping[str, Value | None], stamp: Stamp) -> None:
    """Only the items given change; each takes the time of this edit (R5)."""
    for name, value in answers.items():
        if value is not None:
            record.put(name, value, stamp)
        elif name in record.answers:
            record.drop(name)
            if _is_mixed(record.block, name):
                # R5: emptying is an action too, and an older document must not undo it.
                record.stamps[name] = stamp


def _is_mixed(block_name: str, name: str) -> bool:
    block = BLOCKS[block_name]
    item = block.item(name)
    return item is not None and block.merge_of(item) is Merge.MIXED
