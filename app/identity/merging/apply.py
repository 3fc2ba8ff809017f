"""Merge: the kept fiche takes what the plan and the person say, the other is emptied of its blocks (M1). Pure.

What comes from the other fiche into a block of the kept one is stamped « merge »; a block that comes whole keeps its
stamps, its history and its id.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.fiches.record import BLOCK_LISTS, SET_ASIDE, BlockRecord, Fiche, Stamp
from app.identity.merging.pairs import Pair
from app.identity.merging.plan import WHOLE_BLOCK, Choices, Plan


def apply(plan: Plan, choices: Choices, last_of_other: bool, stamp: Stamp) -> None:
    """Changes both fiches of the plan. `last_of_other`: the last document integrated was the other's."""
    kept, other, chosen = plan.kept, plan.other, plan.suggested | dict(choices)
    for choice in plan.choices:
        if chosen[choice.key] == "other":
            _take(choice.pair, choice.item, stamp)
    for pair, item in plan.filled:
        _take(pair, item, stamp)
    _add_blocks(plan)
    _follow_again(plan)
    _unite_identity(kept, other)
    _follow_documents(kept, other, last_of_other)
    other.merged_into, other.identifiers, other.last_document_id, other.changed = kept.id, [], None, True
    for blocks in (*map(other.blocks, BLOCK_LISTS), other.set_aside):
        blocks.clear()
    kept.draft = kept.draft and other.draft
    kept.changed = True


def follow(fiches: Iterable[Fiche], gone: str, kept: str) -> None:
    """The pregnancies that led to the fiche merged lead to the one kept."""
    for fiche in fiches:
        for block in fiche.fetuses:
            if block.subject_id == gone:
                block.subject_id = kept


def _take(pair: Pair, item: str, stamp: Stamp) -> None:
    if item != WHOLE_BLOCK:
        pair.kept.put(item, pair.other.answers[item], stamp)
        return
    for name in [name for name in pair.kept.answers if name not in pair.other.answers]:
        pair.kept.drop(name)
    for name, value in pair.other.answers.items():
        pair.kept.put(name, value, pair.other.stamps[name])


def _add_blocks(plan: Plan) -> None:
    """R2: blocks are added, never compared. A fetus follows its pregnancy."""
    parents = {pair.other.id: pair.kept.id for pair in plan.pairs}
    for block in plan.added:
        block.parent_id = parents.get(block.parent_id or "", block.parent_id)
        plan.kept.blocks(block.block).append(block)


def _follow_again(plan: Plan) -> None:
    """P2: what a person set aside on one side only, the other side follows: the one fiche does."""
    for pair in plan.pairs:
        if pair.kept.set_aside and not pair.other.set_aside:
            pair.kept.drop(SET_ASIDE)
    plan.kept.sort_cares()


def _unite_identity(kept: Fiche, other: Fiche) -> None:
    """A born patient and a fetus are one born patient (I8b). Identifiers are united, with who brought them."""
    if kept.kind == "fetus" and other.kind == "born":
        kept.become_born()
    for identifier in other.identifiers:
        retired = kept.kind == "born" and identifier.kind == "fetus_id"
        kept.add_identifier(replace(identifier, kind="former_fetus_id") if retired else identifier)
        origin = other.identifier_origins.get(identifier.lookup, other.origin)
        kept.identifier_origins.setdefault(identifier.lookup, origin)


def _follow_documents(kept: Fiche, other: Fiche, last_of_other: bool) -> None:
    """N2: the last document of the patient, and U6: the last consanguinity stated, are those of the two together."""
    if last_of_other:
        kept.last_document_id = other.last_document_id
    first, then = (kept, other) if last_of_other else (other, kept)
    said = (then.stated_consanguinity, first.stated_consanguinity)
    kept.stated_consanguinity = next((one for one in said if one is not None), None)


def blocks_of(fiche: Fiche) -> dict[str, BlockRecord]:
    return {block.id: block for block in fiche.all_blocks()}
