"""Undo a merge: both fiches as if it had never been, each later edit and document on its side (M2). The one path of the
screen and of « fiches unmerge »."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from app import clock
from app.cda.inbox import hold_inbox
from app.cda.parse import parse
from app.cda.qualify import qualify
from app.fiches.record import BLOCK_LISTS, Fiche, Stamp
from app.fiches.rows import read_fiche
from app.fiches.save import Author
from app.fiches.store import EditedMeanwhile, StoredFiches
from app.identity.alerts.states import remember_two_people
from app.identity.merging import moves
from app.identity.merging.merge import lock_both, trace_both
from app.identity.merging.refusals import MergeRefused
from app.identity.merging.relink import proved_mothers, relink
from app.identity.merging.sides import Carried, Shared, Sides, of_the_window, parted, share
from app.identity.models import fiche_merge as table
from app.identity.replay.events import Edit, Read, in_order
from app.identity.replay.family import Family, StoredMerge, family_of, merges_of
from app.identity.replay.play import World, play
from app.sdm.identity import compute_idmr
from app.tenants.bind import bound_hospital
from app.tenants.hospital import Hospital


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What undoing the merge would give: the two fiches, and the side of each later event."""

    merge: StoredMerge
    family: Family
    shared: Shared
    kept: Fiche
    other: Fiche


def active_merge(session: Session, kept_id: str, other_id: str) -> StoredMerge:
    """The merge of the two that holds. Raises MergeRefused: there is none, or another one came on top of it."""
    active = [one for one in merges_of(session, [kept_id, other_id]) if one.undone_at is None]
    found = next((one for one in active if {one.kept_id, one.absorbed_id} == {kept_id, other_id}), None)
    if found is None:
        raise MergeRefused("Ces deux fiches ne sont pas fusionnées : la fusion a peut-être déjà été défaite.")
    if any(one.merged_at > found.merged_at and found.kept_id in (one.kept_id, one.absorbed_id) for one in active):
        raise MergeRefused("Une autre fusion a suivi celle-ci : la défaire d’abord.")
    return found


def foresee(session: Session, hospital: Hospital, merge: StoredMerge, answers: Sides) -> Foreseen:
    """Writes nothing."""
    family = family_of(session, merge.kept_id)
    window = of_the_window(in_order(family.events), merge, None)
    before = (merge.kept_before, merge.other_before)
    carried = {one.document_id: _carried(one, hospital) for one in window if isinstance(one, Read)}
    shared = share(window, before, carried, merge.choices["pairs"], _made_by(family.stored[merge.kept_id]), answers)
    pair = (merge.kept_id, merge.absorbed_id)
    world = World(hospital, family.states, family.names(pair))
    for fiche in before:
        world.fiches[fiche.id] = fiche
        world.names.given |= {block.id for block in fiche.all_blocks()}
    later = [
        one
        for one in family.events
        if one.at > merge.merged_at and (isinstance(one, Read) or (isinstance(one, Edit) and one.fiche_id in pair))
    ]
    for event in in_order(parted(later, merge, shared.sides, None)):
        play(world, event)
    return Foreseen(merge, family, shared, world.fiches[merge.kept_id], world.fiches[merge.absorbed_id])


def part(
    session: Session, kept_id: str, other_id: str, answers: Sides, *, read: int | None = None, by: Author
) -> Foreseen:
    """`read` is the version of the kept fiche that the person was reading.
    Raises MergeRefused, EditedMeanwhile, FicheNotFound."""
    hospital = bound_hospital()
    hold_inbox(session, hospital)
    lock_both(session, kept_id, other_id)
    merge = active_merge(session, kept_id, other_id)
    foreseen = foresee(session, hospital, merge, answers)
    if read is not None and read != foreseen.family.stored[merge.kept_id].version:
        raise EditedMeanwhile
    stamp = Stamp("merge", clock.now().isoformat(), by=by.email, rule="M2")
    mothers = proved_mothers(foreseen.family, hospital, (merge.kept_id, merge.absorbed_id))
    _write(session, foreseen, stamp)
    remember_two_people(session, merge.kept_id, merge.absorbed_id, by.email)
    undone = {"undone_at": clock.now(), "undone_by": by.email, "sides": foreseen.shared.sides}
    session.execute(update(table).where(table.c.id == merge.id).values(**undone))
    relink(session, hospital, mothers, stamp)
    trace_both(session, foreseen.kept, foreseen.other, "fiche.unmerge", merge.id, by)
    return foreseen


def _carried(event: Read, hospital: Hospital) -> Carried:
    document = qualify(parse(zlib.decompress(event.body)), hospital)
    return Carried(document.identifiers, compute_idmr(document.patient))


def _made_by(kept: Fiche) -> dict[str, str]:
    """Blocks that a document began: any of their stamps names one."""
    made = {}
    for block in kept.all_blocks():
        documents = [stamp.document_id for stamp in block.stamps.values() if stamp.document_id]
        if block.origin == "dpi" and documents:
            made[block.id] = documents[0]
    return made


def _write(session: Session, foreseen: Foreseen, stamp: Stamp) -> None:
    merge, fiches = foreseen.merge, StoredFiches(session)
    kept = foreseen.family.stored[merge.kept_id]
    other = read_fiche(fiches.row(merge.absorbed_id))
    back = _hand_over(kept, other, foreseen.other)
    moves.move_blocks(session, back, other.id)
    for fiche, wanted in ((kept, foreseen.kept), (other, foreseen.other)):
        _become(fiche, wanted)
        fiches.keep(fiche, stamp)
    moves.set_parents(session, [(one.id, one.parent_id) for one in foreseen.other.fetuses if one.parent_id])
    moves.find_again(session, other)
    moves.move_back(session, dict(merge.moved), other.id)
    given = [key.partition(".")[2] for key, side in foreseen.shared.sides.items() if side == "other"]
    documents = [
        one.document_id for one in foreseen.family.events if isinstance(one, Read) and one.document_id in given
    ]
    moves.give_documents(session, documents, other.id)


def _hand_over(kept: Fiche, other: Fiche, wanted: Fiche) -> list[str]:
    """The stored blocks that go back to the other fiche."""
    ids = {block.id for block in wanted.all_blocks()} - {wanted.id}
    back: list[str] = []
    for name in BLOCK_LISTS:
        for block in [block for block in kept.every(name) if block.id in ids]:
            (kept.set_aside if block.set_aside else kept.blocks(name)).remove(block)
            other.blocks(name).append(block)
            back.append(block.id)
    other.sort_cares()
    return back


def _become(fiche: Fiche, wanted: Fiche) -> None:
    """The stored fiche takes what was played: only what differs is written, and its history says so."""
    fiche.kind, fiche.draft, fiche.merged_into = wanted.kind, wanted.draft, None
    fiche.last_document_id, fiche.stated_consanguinity = wanted.last_document_id, wanted.stated_consanguinity
    fiche.identifiers, fiche.changed = list(wanted.identifiers), True
    for identifier in fiche.identifiers:
        fiche.identifier_origins.setdefault(identifier.lookup, wanted.identifier_origins.get(identifier.lookup, "dpi"))
    known = {block.id: block for block in fiche.all_blocks()}
    for block in wanted.all_blocks():
        if (stored := known.get(block.id)) is None:
            block.version = 0
            fiche.blocks(block.block).append(block)
        elif (stored.answers, stored.stamps) != (block.answers, block.stamps):
            stored.remember()
            stored.answers, stored.stamps = dict(block.answers), dict(block.stamps)
    fiche.sort_cares()
