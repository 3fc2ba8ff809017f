"""Who changed what: each state of each block, and its readable difference with the one before (O4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from app.fiches.models import block_version as table
from app.fiches.provenance import decode
from app.fiches.record import SET_ASIDE, BlockRecord, Fiche, Origin, Stamp
from app.fiches.shown.display import said
from app.fiches.wording import label_of, say
from app.sdm.answers import Value
from app.sdm.definition import BLOCKS
from app.sdm.model import Item
from app.tenants.bind import bound_hospital

Answers = Mapping[str, Value]
Sites = Mapping[str, str]
NO_SITES: Sites = {}


@dataclass(frozen=True, slots=True)
class Difference:
    """One item, before and after; `label`, `said_before` and `said_after` are French."""

    item: str
    label: str
    before: Value | None
    after: Value | None
    said_before: str
    said_after: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One passage over one block. `number` is the version it made: 1 created the block."""

    block: str
    block_id: str
    number: int
    at: datetime
    origin: Origin
    by: str | None
    document_id: str | None
    differences: tuple[Difference, ...]


def history(session: Session, fiche: Fiche) -> list[Edition]:
    """Every passage that changed a value, newest first; by block, since a merge brings blocks of another fiche (M1)."""
    former: dict[str, list[RowMapping]] = {}
    blocks = [block.id for block in fiche.all_blocks()]
    asked = select(table).where(table.c.block_id.in_(blocks)).order_by(table.c.block_id, table.c.version)
    for row in session.execute(asked).mappings():
        former.setdefault(row["block_id"], []).append(row)
    sites = bound_hospital().sites
    told = (_of_block(block, former.get(block.id, []), sites) for block in fiche.all_blocks())
    editions = [edition for block in told for edition in block]
    return sorted(editions, key=lambda edition: edition.at, reverse=True)


def differences(block: str, before: Answers, after: Answers, sites: Sites = NO_SITES) -> tuple[Difference, ...]:
    """Items whose value is not the same, in the order of the definition. Pure."""
    definition = BLOCKS[block]
    order = {item.name: place for place, item in enumerate(definition.items)}
    names = sorted(before.keys() | after.keys(), key=lambda name: (order.get(name, len(order)), name))
    return tuple(
        difference(definition.item(name), name, before.get(name), after.get(name), sites)
        for name in names
        if before.get(name) != after.get(name)
    )


def difference(item: Item | None, name: str, before: Value | None, after: Value | None, sites: Sites) -> Difference:
    """Of one item, as people read it."""
    return Difference(name, label_of(item, name), before, after, said(item, before, sites), said(item, after, sites))


def _of_block(block: BlockRecord, former: Sequence[RowMapping], sites: Sites) -> Iterator[Edition]:
    states = [row["answers"] for row in former] + [block.answers]
    aside = [SET_ASIDE in row["provenance"]["items"] for row in former] + [bool(block.set_aside)]
    made = _made_by(former[0] if former else None, block)
    if made and states[0]:
        yield Edition(block.block, block.id, 1, *made, differences(block.block, {}, states[0], sites))
    for row, (before, after), moved in zip(former, pairwise(states), pairwise(aside), strict=True):
        changed = (*differences(block.block, before, after, sites), *_set_aside(*moved))
        if changed:
            yield _edition(block, row, changed)


def _set_aside(before: bool, after: bool) -> tuple[Difference, ...]:
    """P2. It is no item: it is undone on the fiche, not here."""
    return () if before is after else (Difference("", "Écartée de la fiche", before, after, say(before), say(after)),)


def _edition(block: BlockRecord, row: RowMapping, changed: tuple[Difference, ...]) -> Edition:
    who = (row["replaced_at"], row["replaced_origin"], row["replaced_by"], row["document_id"])
    return Edition(block.block, block.id, row["version"] + 1, *who, changed)


def _made_by(first: RowMapping | None, block: BlockRecord) -> tuple[datetime, Origin, str | None, str | None] | None:
    """The values of a first state all came at once: any of their stamps says who created the block."""
    stamps: dict[str, Any] = decode(first["provenance"]) if first else block.stamps
    stamp: Stamp | None = next(iter(stamps.values()), None)
    return (datetime.fromisoformat(stamp.at), stamp.origin, stamp.by, stamp.document_id) if stamp else None
