"""What a document changed, or would change, item by item with its rule: values masked unless revealed (D3). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.cda.watch.masks import MASK
from app.fiches.shown.chips import rule_sentence
from app.fiches.wording import ABSENT, label_of, say
from app.sdm.definition import BLOCKS, find_item


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """`block` names the block and which one it is of its kind; `item` is empty for a line about the whole block."""

    block: str
    item: str
    before: str
    after: str
    rule: str
    why: str
    note: str


def lines_of(
    journal: Iterable[Mapping[str, Any]], *, revealed: bool, before: str = "before", after: str = "after"
) -> list[ChangeLine]:
    """The lines of a journal, stored or previewed: `before` and `after` are how it calls the two values."""
    numbers: dict[tuple[str, str | None], int] = {}
    return [
        ChangeLine(
            block=_block(line["block"], line["key"], numbers),
            item=label_of(find_item(line["block"], line["item"]), line["item"]) if line["item"] else "",
            before=_value(line[before], revealed),
            after=_value(line[after], revealed),
            rule=line["rule"],
            why=rule_sentence(line["rule"]) or "",
            note=line["note"],
        )
        for line in journal
    ]


def _block(name: str, key: str | None, numbers: dict[tuple[str, str | None], int]) -> str:
    """A block is told by its order: the sender's id of it may be made of the patient's number."""
    label = BLOCKS[name].label if name in BLOCKS else name
    if key is None:
        return label
    of_its_kind = sum(known == name for known, _ in numbers)
    return f"{label} {numbers.setdefault((name, key), of_its_kind + 1)}"


def _value(value: Any, revealed: bool) -> str:
    if value in (None, "", []):
        return ABSENT
    return say(value) if revealed else MASK
