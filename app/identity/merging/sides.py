"""Whose is what came after a merge, when it is undone (M2)? Pure.

A document belongs to the fiche whose identifiers it carries, those that both have apart; an edit to the fiche whose
block it changed. What neither says is asked of the person, with a suggestion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from app.fiches.record import Fiche
from app.identity.merging.suggest import Side
from app.identity.replay.events import Edit, Event, Passage, Read
from app.sdm.identity import Identifier, compute_idmr

Sides = Mapping[str, str]
"""Key of an event (of one block of it, for an edit) → "kept" or "other"."""


class MergeRow(Protocol):
    """What is kept of a merge."""

    @property
    def kept_id(self) -> str: ...
    @property
    def absorbed_id(self) -> str: ...
    @property
    def merged_at(self) -> datetime: ...
    @property
    def choices(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Carried:
    """What a document carries to recognise its patient by."""

    identifiers: tuple[Identifier, ...]
    idmr: str | None


@dataclass(frozen=True, slots=True)
class Unclear:
    """Something that nothing gives to one side: a document, or an edit of a block."""

    key: str
    event: Read | Edit
    stored_id: str | None = None
    suggestion: Side = "kept"


@dataclass(frozen=True, slots=True)
class Shared:
    """Every event of the window with its side: settled by the rule, or suggested for those that are unclear."""

    sides: dict[str, Side]
    unclear: tuple[Unclear, ...]


def of_the_window(events: Iterable[Event], merge: MergeRow, until: datetime | None) -> list[Read | Edit]:
    """What came to the kept fiche while the two were one."""
    return [
        event
        for event in events
        if isinstance(event, Read | Edit)
        and event.fiche_id == merge.kept_id
        and event.at > merge.merged_at
        and (until is None or event.at <= until)
    ]


def share(
    events: Sequence[Read | Edit],
    before: tuple[Fiche, Fiche],
    carried: Mapping[str, Carried],
    pairs: Mapping[str, str],
    made_by: Mapping[str, str],
    answers: Sides,
) -> Shared:
    """`events` in their order; `carried` by document; `made_by`: block → the document that began it; `answers` are the
    person's, for what is unclear."""
    known = tuple({one.lookup for one in fiche.identifiers} for fiche in before)
    sharing = _Sharing(before, known, pairs, made_by, answers)  # type: ignore[arg-type]
    for event in events:
        if isinstance(event, Read):
            sharing.document(event, carried[event.document_id])
        else:
            sharing.edit(event)
    return Shared(sharing.sides, tuple(sharing.unclear))


class _Sharing:
    """The identifiers of each side grow with the documents that are given to it."""

    def __init__(
        self,
        before: tuple[Fiche, Fiche],
        known: tuple[set[str], set[str]],
        pairs: Mapping[str, str],
        made_by: Mapping[str, str],
        answers: Sides,
    ) -> None:
        self.before, self.known, self.pairs, self.made_by, self.answers = before, known, pairs, made_by, answers
        self.sides: dict[str, Side] = {}
        self.unclear: list[Unclear] = []
        kept, other = ({block.id for block in fiche.all_blocks()} for fiche in before)
        self.of_kept, self.of_other = kept - set(pairs), other - set(pairs.values())

    def document(self, event: Read, carried: Carried) -> None:
        lookups = {one.lookup for one in carried.identifiers}
        kept, other = self.known
        side = _only(bool(lookups & (kept - other)), bool(lookups & (other - kept)))
        side = side or _only(*(_same_person(carried, fiche) for fiche in self.before))
        chosen = self._settle(side, Unclear(event.key, event))
        self.known[chosen == "other"].update(lookups)

    def edit(self, event: Edit) -> None:
        for stored_id in edited(event, self.before[0].id):
            side: Side | None = None
            if stored_id in self.of_kept:
                side = "kept"
            elif stored_id in self.of_other:
                side = "other"
            elif document_id := self.made_by.get(stored_id):
                side = self.sides.get(f"document.{document_id}")
            self._settle(side, Unclear(event.key(stored_id), event, stored_id))

    def _settle(self, side: Side | None, doubt: Unclear) -> Side:
        if side is None:
            self.unclear.append(doubt)
            answer = self.answers.get(doubt.key)
            side = "other" if answer == "other" else "kept" if answer == "kept" else doubt.suggestion
        self.sides[doubt.key] = side
        return side


def edited(event: Edit, kept_id: str) -> list[str]:
    """The blocks that an edit changed; what it changed outside them counts for the patient's."""
    ids = [passage.stored_id for passage in event.passages]
    return ids if event.outside is None or kept_id in ids else [*ids, kept_id]


def parted(events: Iterable[Event], merge: MergeRow, sides: Sides, until: datetime | None) -> list[Event]:
    """The events as if the merge had never been: each of the window goes to its side."""
    every = list(events)
    window = {id(event) for event in of_the_window(every, merge, until)}
    return [_given(event, merge, sides) if id(event) in window else event for event in every]


def _given(event: Event, merge: MergeRow, sides: Sides) -> Event:
    if isinstance(event, Read):
        return replace(event, fiche_id=merge.absorbed_id) if sides.get(event.key) == "other" else event
    if not isinstance(event, Edit):
        return event
    others = {one for one in edited(event, merge.kept_id) if sides.get(event.key(one)) == "other"}
    passages = tuple(_moved(one, merge) if one.stored_id in others else one for one in event.passages)
    return replace(event, passages=passages, outside_of=merge.absorbed_id if merge.kept_id in others else None)


def _moved(passage: Passage, merge: MergeRow) -> Passage:
    """In the block of the other fiche that was its pair."""
    block_id = merge.choices["pairs"].get(passage.stored_id, passage.stored_id)
    return replace(passage, fiche_id=merge.absorbed_id, block_id=block_id)


def _only(kept: bool, other: bool) -> Side | None:
    if kept == other:
        return None
    return "kept" if kept else "other"


def _same_person(carried: Carried, fiche: Fiche) -> bool:
    return carried.idmr is not None and carried.idmr == compute_idmr(fiche.patient.answers)
