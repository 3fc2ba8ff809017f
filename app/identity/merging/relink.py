"""Undoing a merge, the pregnancies that led to the one fiche lead to each child's own again (I8a, M2)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.fiches.record import Fiche, Stamp
from app.fiches.store import StoredFiches
from app.identity.merging import moves
from app.identity.replay.compare import first_difference
from app.identity.replay.family import Family, family_of
from app.identity.replay.rebuild import play_again
from app.tenants.hospital import Hospital


def proved_mothers(family: Family, hospital: Hospital, children: Sequence[str]) -> list[str]:
    """Those whose fiche, played again, is the one that is stored: only of them is it known how it would be."""
    mothers = [
        fiche
        for fiche in family.stored.values()
        if not fiche.merged_into and {block.subject_id for block in fiche.fetuses} & set(children)
    ]
    if not mothers:
        return []
    played = play_again(family, hospital).fiches
    return [fiche.id for fiche in mothers if fiche.id in played and not first_difference(played[fiche.id], fiche)]


def relink(session: Session, hospital: Hospital, mothers: Sequence[str], stamp: Stamp) -> None:
    """Once the merge is undone, their fetuses are what its absence would have made them."""
    if not mothers:
        return
    family = family_of(session, mothers[0])
    played = play_again(family, hospital).fiches
    for mother_id in mothers:
        _take_fetuses(session, family.stored[mother_id], played[mother_id], stamp)


def _take_fetuses(session: Session, mother: Fiche, played: Fiche, stamp: Stamp) -> None:
    wanted = {block.id: block for block in played.fetuses}
    known = {block.id: block for block in mother.fetuses}
    gone, begun = known.keys() - wanted.keys(), wanted.keys() - known.keys()
    for block_id in known.keys() & wanted.keys():
        if (known[block_id].answers, known[block_id].stamps) != (wanted[block_id].answers, wanted[block_id].stamps):
            known[block_id].remember()
            known[block_id].answers, known[block_id].stamps = wanted[block_id].answers, wanted[block_id].stamps
    for block_id in begun:
        wanted[block_id].version = 0
    mother.fetuses[:] = [known.get(block.id, block) for block in played.fetuses]
    mother.changed = bool(gone)
    moves.drop_blocks(session, list(gone))
    StoredFiches(session).keep(mother, stamp)
