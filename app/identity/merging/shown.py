"""The plan of a merge, and what waits when one is undone, as the screens say them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.fiches.record import BlockRecord
from app.fiches.shown.chips import Chip, plain_chip
from app.fiches.shown.display import text_of
from app.fiches.shown.titles import title_of
from app.fiches.wording import label_of, say
from app.identity.merging.pairs import Pair
from app.identity.merging.plan import WHOLE_BLOCK, Choice, Plan
from app.identity.merging.sides import Unclear
from app.identity.replay.events import Read
from app.sdm.definition import BLOCKS


@dataclass(frozen=True, slots=True)
class Row:
    """Two answers to one item. `key` is empty when there is nothing to choose."""

    label: str
    values: tuple[str, str]
    key: str = ""
    suggested: str = ""
    reason: str = ""
    chips: tuple[Chip | None, Chip | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    choices: tuple[Row, ...]
    filled: tuple[Row, ...]
    same: tuple[Row, ...]


def groups(plan: Plan, sites: Mapping[str, str]) -> list[Group]:
    """One per pair of blocks that has something to say."""
    shown = [
        Group(
            _title(pair.kept, sites),
            tuple(_choice(one, sites) for one in plan.choices if one.pair is pair),
            tuple(_row(pair, item, sites) for of, item in plan.filled if of is pair),
            tuple(_row(pair, item, sites) for of, item in plan.same if of is pair),
        )
        for pair in plan.pairs
    ]
    return [group for group in shown if group.choices or group.filled or group.same]


def added(plan: Plan, sites: Mapping[str, str]) -> list[str]:
    return [_title(block, sites) for block in plan.added]


def unclear(doubts: Iterable[Unclear], labels: Mapping[str, BlockRecord], states: Any) -> list[dict[str, Any]]:
    """Each with its sentence; an edit says what it changed."""
    return [{"key": doubt.key, "at": doubt.event.at, **_told(doubt, labels, states)} for doubt in doubts]


def _told(doubt: Unclear, labels: Mapping[str, BlockRecord], states: Any) -> dict[str, Any]:
    if isinstance(doubt.event, Read):
        return {"what": "Document du DPI", "by": None, "changes": []}
    block = labels.get(doubt.stored_id or "")
    name = block.block if block else "patient"
    passage = next((one for one in doubt.event.passages if one.stored_id == doubt.stored_id), None)
    changes = []
    if passage:
        before, _ = states.at(passage.stored_id, passage.version - 1)
        after, _ = states.at(passage.stored_id, passage.version)
        items = [item for item in {**before, **after} if before.get(item) != after.get(item)]
        definition = BLOCKS[name]
        changes = [
            (label_of(definition.item(item), item), say(before.get(item)), say(after.get(item))) for item in items
        ]
    return {"what": BLOCKS[name].label, "by": doubt.event.by, "changes": changes}


def _title(block: BlockRecord, sites: Mapping[str, str]) -> str:
    if block.block == "patient":
        return "Patient"
    title, note = title_of(block, sites)
    return f"{BLOCKS[block.block].label} : {title}{f', {note}' if note else ''}"


def _choice(choice: Choice, sites: Mapping[str, str]) -> Row:
    pair, item = choice.pair, choice.item
    if item == WHOLE_BLOCK:
        label, values = (
            "Le bloc entier, reçu deux fois du DPI",
            (_summary(pair.kept, sites), _summary(pair.other, sites)),
        )
    else:
        label = label_of(BLOCKS[pair.kept.block].item(item), item)
        values = (_said(pair.kept, item, sites), _said(pair.other, item, sites))
    chips = (_chip(pair.kept, item), _chip(pair.other, item))
    return Row(label, values, choice.key, choice.suggestion.side, choice.suggestion.reason, chips)


def _summary(block: BlockRecord, sites: Mapping[str, str]) -> str:
    definition = BLOCKS[block.block]
    return "\u202f; ".join(
        f"{label_of(definition.item(name), name)} : {say(value)}" for name, value in block.answers.items()
    )


def _row(pair: Pair, item: str, sites: Mapping[str, str]) -> Row:
    label = label_of(BLOCKS[pair.kept.block].item(item), item)
    return Row(label, (_said(pair.kept, item, sites), _said(pair.other, item, sites)))


def _said(block: BlockRecord, name: str, sites: Mapping[str, str]) -> str:
    """As on the fiche; an item that no edition defines any more is said as it was stored."""
    item, value = BLOCKS[block.block].item(name), block.answers.get(name)
    return text_of(item, value, sites, block.answers) if item else say(value)


def _chip(block: BlockRecord, item: str) -> Chip | None:
    stamp = block.stamps.get(item)
    return plain_chip(stamp.origin) if stamp else None
