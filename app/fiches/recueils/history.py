"""Who changed what in the complementary collections: each state with the labels of its edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy.orm import Session

from app.fiches.history import NO_SITES, Difference, difference
from app.fiches.provenance import decode
from app.fiches.recueils import rows
from app.fiches.recueils.labels import blocks_of, item_of
from app.fiches.recueils.record import RecueilRecord
from app.recueils.model import Recueil
from app.sdm.answers import Value
from app.sdm.model import Item


@dataclass(frozen=True, slots=True)
class Passage:
    """One person's passage over one block. `number` is the version it made: 1 created the block."""

    title: str
    block_id: str
    number: int
    edition: int
    at: datetime
    by: str | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class State:
    edition: int
    answers: Mapping[str, Value]


def history(session: Session, recueil: Recueil, held: Sequence[RecueilRecord]) -> list[Passage]:
    """Newest first."""
    former: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows.former_states(session, [one.id for one in held]):
        former.setdefault(row["block_id"], []).append(dict(row))
    told = [one for record in held for one in _of_block(recueil, record, former.get(record.id, []))]
    return sorted(told, key=lambda one: one.at, reverse=True)


def _of_block(recueil: Recueil, record: RecueilRecord, former: Sequence[Mapping[str, Any]]) -> Iterator[Passage]:
    states = [State(row["edition"], row["answers"]) for row in former] + [State(record.edition, record.answers)]
    first = next(iter((decode(former[0]["provenance"]) if former else record.stamps).values()), None)
    made = (datetime.fromisoformat(first.at), first.by) if first else None
    title = next((block.label for block in blocks_of(recueil, record.edition, record.block)), record.block)
    if made:
        changed = _differences(recueil, record.block, State(states[0].edition, {}), states[0])
        yield Passage(title, record.id, 1, states[0].edition, *made, changed)
    for row, (before, after) in zip(former, pairwise(states), strict=True):
        if changed := _differences(recueil, record.block, before, after):
            who = (row["replaced_at"], row["replaced_by"])
            yield Passage(title, record.id, row["version"] + 1, after.edition, *who, changed)


def _differences(recueil: Recueil, block: str, before: State, after: State) -> tuple[Difference, ...]:
    order = {
        item.name: place for known in blocks_of(recueil, after.edition, block) for place, item in enumerate(known.items)
    }
    names = sorted(before.answers.keys() | after.answers.keys(), key=lambda name: (order.get(name, len(order)), name))
    told = ((name, before.answers.get(name), after.answers.get(name)) for name in names)
    return tuple(
        difference(_item(recueil, block, name, before, after), name, then, now, NO_SITES)
        for name, then, now in told
        if then != now
    )


def _item(recueil: Recueil, block: str, name: str, before: State, after: State) -> Item | None:
    """As the edition that has an answer to it defines it."""
    state = after if name in after.answers else before
    return item_of(recueil, state.edition, block, name)
