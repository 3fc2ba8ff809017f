"""Give a block of a collection, or one of its items, a value it had: the plan that the SDM's blocks have too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.fiches.provenance import decode
from app.fiches.recueils import rows
from app.fiches.recueils.labels import item_of
from app.fiches.recueils.record import RecueilRecord
from app.fiches.wording import label_of
from app.forms.recueils.place import Place
from app.forms.restore import UNKNOWN, Change, Plan, State, unreadable
from app.sdm.check import Problem, check_block
from app.sdm.view import Context


def state_of(session: Session, record: RecueilRecord, version: int) -> State | None:
    """None when the block never had such a state."""
    if not 0 < version <= record.version:
        return None
    former = next((row for row in rows.former_states(session, [record.id], version)), None)
    if former is None:
        return State(version, record.answers, record.stamps)
    return State(version, former["answers"], decode(former["provenance"]))


def plan(place: Place, record: RecueilRecord, state: State, context: Context, only: str | None = None) -> Plan:
    """Of the whole block, or of the item `only`."""
    changes, left = [], []
    for name in [only] if only else _ordered(place, record.answers.keys() | state.answers.keys()):
        now, then = record.answers.get(name), state.answers.get(name)
        if now == then:
            continue
        label = label_of(item_of(place.recueil, place.edition.number, record.block, name), name)
        if why := _impossible(place, name, then):
            left.append((label, why))
        else:
            changes.append(Change(name, label, now, then, ""))
    return Plan(tuple(changes), tuple(left), tuple(_warnings(place, record, changes, context)))


def _impossible(place: Place, name: str, then: Any) -> str:
    item = place.block.item(name)
    return unreadable(item, then) if item else UNKNOWN


def _warnings(place: Place, record: RecueilRecord, changes: Iterable[Change], context: Context) -> Iterator[str]:
    """What was right and would contradict itself."""
    then: Mapping[str, Any] = {**record.answers, **{one.item: one.then for one in changes}}
    after = {name: value for name, value in then.items() if value is not None}
    known = set(check_block(place.block, record.answers, context))
    for problem in check_block(place.block, after, context):
        if problem not in known:
            yield _said(place, problem)


def _said(place: Place, problem: Problem) -> str:
    return f"{label_of(place.block.item(problem.item), problem.item)}\u202f: {problem.message}"


def _ordered(place: Place, names: Iterable[str]) -> list[str]:
    order = {item.name: at for at, item in enumerate(place.block.items)}
    return sorted(names, key=lambda name: (order.get(name, len(order)), name))
