"""Merge two fiches: the one path of the screen and of « fiches merge » (M1)."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app import audit, clock
from app.cda.inbox import hold_inbox
from app.fiches.record import Fiche, Stamp
from app.fiches.rows import Row, read_fiche
from app.fiches.save import Author
from app.fiches.store import EditedMeanwhile, StoredFiches
from app.identity.alerts.states import close_between
from app.identity.merging import moves
from app.identity.merging.apply import apply
from app.identity.merging.plan import Choices, Plan, plan
from app.identity.models import fiche_merge as table
from app.tenants.bind import bound_hospital

Versions = tuple[int, int]
"""Of the kept fiche and of the other, as the person read them."""


def merge(
    session: Session, kept_id: str, other_id: str, choices: Choices, *, read: Versions | None = None, by: Author
) -> str:
    """The id of the merge. The other fiche becomes another name of the kept one.
    Raises MergeRefused, EditedMeanwhile, FicheNotFound."""
    hold_inbox(session, bound_hospital())
    before = lock_both(session, kept_id, other_id)
    kept, other = (read_fiche(deepcopy(row)) for row in before)
    if read is not None and read != (kept.version, other.version):
        raise EditedMeanwhile
    foreseen = plan(kept, other, moves.where_borne(session, kept.id, other.id))
    _check(foreseen, choices)
    return _write(
        session, foreseen, choices, before, Stamp("merge", clock.now().isoformat(), by=by.email, rule="M1"), by
    )


def lock_both(session: Session, one: str, other: str) -> tuple[Row, Row]:
    """Both fiches as they are stored, locked in the order of their ids: two merges that cross wait for each other."""
    fiches = StoredFiches(session)
    for fiche_id in sorted((one, other)):
        fiches.lock(fiche_id)
    return fiches.row(one), fiches.row(other)


def _check(foreseen: Plan, choices: Choices) -> None:
    known = {choice.key for choice in foreseen.choices}
    if not choices.keys() <= known:
        raise EditedMeanwhile


def _write(
    session: Session, foreseen: Plan, choices: Choices, before: tuple[Row, Row], stamp: Stamp, by: Author
) -> str:
    kept, other, fiches = foreseen.kept, foreseen.other, StoredFiches(session)
    added = [block.id for block in foreseen.added]
    dropped = [pair.other.id for pair in foreseen.pairs[1:]]
    last = moves.last_document(session, (kept.last_document_id, other.last_document_id))
    of_other = last is not None and last == other.last_document_id
    apply(foreseen, choices, of_other, stamp)
    moves.set_parents(session, [(block.id, block.parent_id) for block in foreseen.added if block.parent_id])
    moves.move_blocks(session, added, kept.id)
    moves.drop_blocks(session, dropped)
    fiches.keep(other, stamp)
    moves.unlist(session, other.id)
    fiches.keep(kept, stamp)
    close_between(session, kept.id, other.id, "merged", by.email)
    moved = moves.move_what_follows(session, other.id, kept.id, added)
    merge_id = clock.new_id()
    chosen = {
        "items": {**foreseen.suggested, **choices},
        "pairs": {pair.kept.id: pair.other.id for pair in foreseen.pairs},
        "last_of_other": of_other,
    }
    session.execute(
        insert(table).values(
            id=merge_id,
            kept_id=kept.id,
            absorbed_id=other.id,
            merged_at=datetime.fromisoformat(stamp.at),
            merged_by=by.email,
            choices=chosen,
            before={"kept": before[0], "other": before[1]},
            moved={**moved, "blocks": added, "dropped": dropped},
        )
    )
    trace_both(session, kept, other, "fiche.merge", merge_id, by)
    return merge_id


def trace_both(session: Session, kept: Fiche, other: Fiche, action: str, merge_id: str, by: Author) -> None:
    for fiche, role in ((kept, "kept"), (other, "other")):
        detail: dict[str, Any] = {"merge": merge_id, "role": role}
        audit.record(session, actor=f"account:{by.id}", action=action, fiche_id=fiche.id, detail=detail)
