"""Which blocks of two fiches speak of the same thing (M1): the patient, a site, an id of the sender. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.fiches.record import BlockRecord, Fiche


@dataclass(frozen=True, slots=True)
class Pair:
    """`kept` is the block of the fiche that stays. `whole`: a block that the DPI sends again is taken whole (R1)."""

    kept: BlockRecord
    other: BlockRecord
    whole: bool = False


def pairs_of(kept: Fiche, other: Fiche) -> list[Pair]:
    """The patient first; then each block of the other fiche that the kept one has too."""
    paired = [Pair(kept.patient, other.patient)]
    parents: dict[str, str] = {}
    for name, whole in WHOLE.items():
        for theirs in other.every(name):
            if found := _same(kept, name, theirs, parents):
                paired.append(Pair(found, theirs, whole))
                parents[theirs.id] = found.id
    return paired


WHOLE = {"prise_en_charge": False, "activite": True, "diagnostic": True, "grossesse": False, "fetus": False}
"""In an order where a pregnancy is paired before its fetuses."""


def _same(kept: Fiche, name: str, theirs: BlockRecord, parents: dict[str, str]) -> BlockRecord | None:
    key = KEYS[name](theirs, parents)
    return next((ours for ours in kept.every(name) if key is not None and KEYS[name](ours, {}) == key), None)


Key = Callable[[BlockRecord, dict[str, str]], object]
KEYS: dict[str, Key] = {
    "prise_en_charge": lambda block, _: block.site,
    "activite": lambda block, _: block.source_key,
    "diagnostic": lambda block, _: block.source_key and (block.source_key, block.has_observation_id),
    "grossesse": lambda block, _: block.source_key,
    "fetus": lambda block, parents: (parents.get(block.parent_id or "", block.parent_id), block.subject_id),
}
"""What makes two blocks the same one (P1, R1, R6, G1, I8a). None: it is like no other (R2)."""
