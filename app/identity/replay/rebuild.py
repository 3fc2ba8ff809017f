"""Rebuild a fiche from what is kept, and prove it equal to the one that is stored (`fiches rebuild`)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.fiches.record import Fiche
from app.fiches.store import StoredFiches
from app.identity.merging.sides import parted
from app.identity.replay.compare import first_difference
from app.identity.replay.events import in_order
from app.identity.replay.family import Family, family_of, typed_before_edits_were_kept
from app.identity.replay.play import World, play
from app.tenants.hospital import Hospital


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """`difference` says where, in French, never a value; None when the two are equal. `provable`: whatever happened to
    the fiche was kept."""

    equal: bool
    difference: str | None
    provable: bool
    documents: int
    edits: int
    merges: int


def rebuild(session: Session, hospital: Hospital, fiche_id: str) -> Rebuilt:
    """Writes nothing. Raises FicheNotFound."""
    fiche_id = StoredFiches(session).row(fiche_id)["id"]  # as it is written there
    family = family_of(session, fiche_id)
    world = play_again(family, hospital)
    difference = next(iter(world.altered), None) or _compare(world.fiches.get(fiche_id), family.stored[fiche_id])
    counts = [sum(type(event).__name__ == name for event in family.events) for name in ("Read", "Edit", "Merged")]
    provable = difference is None or not typed_before_edits_were_kept(session, family)
    return Rebuilt(difference is None, difference, provable, *counts)


def _compare(played: Fiche | None, stored: Fiche) -> str | None:
    return first_difference(played, stored) if played else "fiche : rien ne dit d’où elle vient"


def play_again(family: Family, hospital: Hospital) -> World:
    """Everything, from the first day, a merge that was undone being left out."""
    world = World(hospital, family.states, family.names())
    events = in_order(family.events)
    for merge in family.merges:
        if merge.undone_at is not None:
            events = parted(events, merge, merge.sides or {}, merge.undone_at)
    for event in events:
        play(world, event)
    return world
