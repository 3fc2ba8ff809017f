"""What a step of a definition changes on one fiche. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from app.definitions.editions import SDM, Step
from app.fiches.quality import assess, problems_of
from app.fiches.record import BlockRecord, Fiche
from app.fiches.recueils.record import RecueilRecord
from app.fiches.recueils.screen import context_of
from app.recueils.completeness import Completeness, assess_recueil
from app.recueils.model import Edition
from app.sdm.check import Problem
from app.sdm.model import Block

Event = Literal["gains", "loses", "refused", "accepted", "unasked", "uncompleted", "completed"]
"""Owes an answer more, or less; a value no longer accepted, or again; an answer asked no more; the state turns."""
WHOLE = ""
"""The fiche itself, in place of an item."""


class Effect(NamedTuple):
    """`item` is empty for what happens to the whole fiche."""

    event: Event
    block: str
    item: str


@dataclass(frozen=True, slots=True)
class Changed:
    """The blocks that a step changes, before and after, asked of the items that differ; `dropped` the items that it
    asks no more, by block."""

    before: Mapping[str, Block]
    after: Mapping[str, Block]
    dropped: Mapping[str, frozenset[str]]


def changed_by(step: Step) -> Changed:
    """Only what differs is asked: the problems of the rest are the same before and after."""
    before, after = ({block.name: block for block in blocks} for blocks in (step.before, step.after))
    differing = {name: _items_changed(before[name], after[name]) for name in after if before[name] != after[name]}
    return Changed(
        {name: before[name].asked_only_of(items) for name, items in differing.items()},
        {name: after[name].asked_only_of(items) for name, items in differing.items()},
        {name: items - after[name].by_name.keys() for name, items in differing.items()},
    )


def _items_changed(before: Block, after: Block) -> frozenset[str]:
    names = before.by_name.keys() | after.by_name.keys()
    return frozenset(name for name in names if before.item(name) != after.item(name))


def weigh_fiche(fiche: Fiche, changed: Changed, today: date) -> set[Effect]:
    """Of a step of the SDM."""
    before = {_key(*one) for one in problems_of(fiche, today, changed.before)}
    after = {_key(*one) for one in problems_of(fiche, today, changed.after)}
    records = [record for name in changed.after for record in fiche.blocks(name)]
    effects = {*_differences(before, after), *_unasked(records, changed)}
    return effects | _completeness_of(fiche, before, after, today) if before != after else effects


def weigh_recueil(
    fiche: Fiche, held: Sequence[RecueilRecord], step: Step, changed: Changed, today: date
) -> set[Effect]:
    """Of a step of a collection, on a fiche that holds some of it."""
    context, instances = context_of(fiche, today), [one.instance for one in held]
    blocks = {one.id: one.block for one in held}
    before = assess_recueil(Edition(step.number - 1, None, step.before), instances, context)
    after = assess_recueil(Edition(step.number, None, step.after), instances, context)
    effects = {*_differences(_located(before, blocks), _located(after, blocks)), *_unasked(held, changed)}
    return effects | _turned(before.state == "complete", after.state == "complete")


Key = tuple[str, str | None, str, str, str]
"""Block, its id, item, severity, sentence: a problem as a set holds it."""


def _key(block: str, block_id: str | None, problem: Problem) -> Key:
    return block, block_id, problem.item, problem.severity, problem.message


def _located(found: Completeness, blocks: Mapping[str, str]) -> set[Key]:
    return {_key(blocks[one], one, problem) for one, problems in found.problems.items() for problem in problems}


def _differences(before: set[Key], after: set[Key]) -> Iterator[Effect]:
    """An item that stays missing for another reason neither gains nor loses."""
    for severity, comes, goes in (("missing", "gains", "loses"), ("incoherent", "refused", "accepted")):
        then, now = _wrong(before, severity), _wrong(after, severity)
        yield from (Effect(comes, block, item) for block, _, item in now - then)  # type: ignore[arg-type]
        yield from (Effect(goes, block, item) for block, _, item in then - now)  # type: ignore[arg-type]


def _wrong(keys: set[Key], severity: str) -> set[tuple[str, str | None, str]]:
    return {(block, block_id, item) for block, block_id, item, of, _ in keys if of == severity}


def _unasked(records: Iterable[BlockRecord], changed: Changed) -> Iterator[Effect]:
    for record in records:
        for item in changed.dropped.get(record.block, frozenset()) & record.answers.keys():
            yield Effect("unasked", record.block, item)


def _completeness_of(fiche: Fiche, before: set[Key], after: set[Key], today: date) -> set[Effect]:
    """The whole fiche is asked only here: most fiches do not change."""
    if fiche.draft:
        return set()
    others = {_key(*one) for one in assess(fiche, today).problems} - before
    return _turned(not (others | before), not (others | after))


def _turned(was: bool, is_now: bool) -> set[Effect]:
    if was == is_now:
        return set()
    return {Effect("completed" if is_now else "uncompleted", WHOLE, WHOLE)}


def is_of_the_sdm(step: Step) -> bool:
    return step.family == SDM
