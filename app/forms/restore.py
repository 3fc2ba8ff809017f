"""Give a block, or one of its items, a value it had: what would change, what cannot, and what will come of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fiches.edit import apply
from app.fiches.models import block_version as table
from app.fiches.provenance import decode
from app.fiches.quality import assess
from app.fiches.record import BlockRecord, Fiche, Stamp
from app.fiches.wording import label_of
from app.forms.notes import WHOLE_BLOCK, note_on
from app.sdm.answers import IllTyped
from app.sdm.definition import BLOCKS, find_item
from app.sdm.model import Item, Merge

Answers = Mapping[str, Any]
KEY = "Le site d’une prise en charge ne change pas."
BIRTH = "La naissance se déclare par « Fin de grossesse »."
UNKNOWN = "Cet item n’existe plus dans la définition."


@dataclass(frozen=True, slots=True)
class State:
    """A block as it was: the state that the `version`-th passage made."""

    version: int
    answers: Answers
    stamps: Mapping[str, Stamp]


@dataclass(frozen=True, slots=True)
class Change:
    """`note` says what will come of it; `then` None empties the item."""

    item: str
    label: str
    now: Any
    then: Any
    note: str


@dataclass(frozen=True, slots=True)
class Plan:
    """`left` are the items that stay as they are: (label, why). `warnings` what the fiche would contradict."""

    changes: tuple[Change, ...]
    left: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]

    @property
    def answers(self) -> dict[str, Any]:
        return {one.item: one.then for one in self.changes}


def state_of(session: Session, record: BlockRecord, version: int) -> State | None:
    """None when the block never had such a state. A version may stand for what came from outside the block, an
    identifier: the state is then the one that stood, kept under the version that replaced it."""
    if not 0 < version <= record.version:
        return None
    asked = select(table).where(table.c.block_id == record.id, table.c.version >= version)
    row = session.execute(asked.order_by(table.c.version).limit(1)).mappings().one_or_none()
    if row:
        return State(version, row["answers"], decode(row["provenance"]))
    return State(version, record.answers, record.stamps)


def plan(fiche: Fiche, record: BlockRecord, state: State, only: str | None = None) -> Plan:
    """Of the whole block, or of the item `only`."""
    names = [only] if only else _ordered(record, record.answers.keys() | state.answers.keys())
    changes, left = [], []
    for name in names:
        now, then = record.answers.get(name), state.answers.get(name)
        if now == then:
            continue
        item = find_item(record.block, name)
        why = _impossible(fiche, record, item, name, then)
        if why or item is None:
            left.append((label_of(item, name), why))
        else:
            changes.append(Change(name, item.label, now, then, _note(record, state, item)))
    return Plan(tuple(changes), tuple(left), tuple(_warnings(fiche, record, changes)))


def _impossible(fiche: Fiche, record: BlockRecord, item: Item | None, name: str, then: Any) -> str:
    if item is None:
        return UNKNOWN
    if name == "care_site_id":
        return KEY
    if name == "birth_date" and record.block == "patient" and fiche.kind == "fetus":
        return BIRTH
    return unreadable(item, then)


def unreadable(item: Item, then: Any) -> str:
    """Why the item does not accept today what it held; empty when it does."""
    try:
        if then is not None:
            item.read(then)
    except IllTyped as refusal:
        return str(refusal)
    return ""


def _note(record: BlockRecord, state: State, item: Item) -> str:
    """§5.8: a value of the DPI comes back with the next document, whoever replaced it here."""
    block = BLOCKS[record.block]
    if record.origin == "dpi" and block.merge_of(item) is Merge.ADDITIVE:
        return WHOLE_BLOCK
    stamps = (record.stamps.get(item.name), state.stamps.get(item.name))
    from_dpi = next((one for one in stamps if one and one.origin == "dpi"), None)
    note = note_on(block, item, from_dpi)
    return note.replace("Vient du DPI", "Le DPI donne aussi cette réponse") if note else ""


def _warnings(fiche: Fiche, record: BlockRecord, changes: Iterable[Change]) -> Iterator[str]:
    """What was right and would contradict itself."""
    imagined = deepcopy(fiche)
    block = next(one for one in imagined.blocks(record.block) if one.id == record.id)
    apply(block, {one.item: one.then for one in changes}, Stamp("web", ""))
    known = set(assess(fiche).problems)
    for name, _, problem in (one for one in assess(imagined).problems if one not in known):
        label = label_of(find_item(name, problem.item), problem.item) if problem.item else BLOCKS[name].label
        yield f"{label}\u202f: {problem.message}"


def _ordered(record: BlockRecord, names: Iterable[str]) -> list[str]:
    order = {item.name: place for place, item in enumerate(BLOCKS[record.block].items)}
    return sorted(names, key=lambda name: (order.get(name, len(order)), name))
