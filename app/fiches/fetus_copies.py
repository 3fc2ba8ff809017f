"""A fetus is described twice (I8a): what a person changes of it in one place is changed in the other too, in one
transaction; no more once it is born (I9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app import audit
from app.fiches.edit import apply
from app.fiches.fetus_items import in_its_own_fiche, in_the_pregnancy
from app.fiches.fetus_link import link_of
from app.fiches.record import BlockRecord, Fiche, Stamp
from app.fiches.store import StoredFiches

Changed = Mapping[str, Any]


def copy_to_the_other_place(
    fiches: StoredFiches, fiche: Fiche, record: BlockRecord, changed: Changed, stamp: Stamp, actor: str
) -> None:
    """`fiche` holds `record`, which was just changed: the block of a fetus, or the patient of its own fiche."""
    if record.block == "fetus":
        _copy_to_its_own_fiche(fiches, record, changed, stamp, actor)
    elif record.block == "patient" and fiche.kind == "fetus":
        _copy_to_the_pregnancy(fiches, fiche, changed, stamp, actor)


def _copy_to_its_own_fiche(
    fiches: StoredFiches, block: BlockRecord, changed: Changed, stamp: Stamp, actor: str
) -> None:
    told = in_its_own_fiche(block.answers, changed)
    if not told or block.subject_id is None:
        return
    child = fiches.load(block.subject_id)
    if child.kind == "fetus":
        _write(fiches, child, child.patient, told, stamp, actor)


def _copy_to_the_pregnancy(fiches: StoredFiches, child: Fiche, changed: Changed, stamp: Stamp, actor: str) -> None:
    told = in_the_pregnancy(changed)
    link = link_of(fiches.session, child.id) if told else None
    if link is None:
        return
    mother = fiches.load(link.mother_id)
    block = next((one for one in mother.fetuses if one.id == link.block_id), None)
    if block is not None:
        _write(fiches, mother, block, told, stamp, actor)


def _write(fiches: StoredFiches, fiche: Fiche, record: BlockRecord, told: Changed, stamp: Stamp, actor: str) -> None:
    apply(record, told, stamp)
    fiches.keep(fiche, stamp)
    detail = {"block": record.block, "block_id": record.id, "items": sorted(told)}
    audit.record(fiches.session, actor=actor, action="fiche.save", fiche_id=fiche.id, detail=detail)
