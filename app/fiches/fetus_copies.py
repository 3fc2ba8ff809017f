"""What a person changes of a fetus in its mother's fiche is changed in the fetus's own too (I8a), in one transaction;
no more once it is born (I9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app import audit
from app.fiches.edit import apply
from app.fiches.fetus_items import in_its_own_fiche
from app.fiches.record import BlockRecord, Stamp
from app.fiches.store import StoredFiches


def copy_to_its_own_fiche(
    fiches: StoredFiches, block: BlockRecord, changed: Mapping[str, Any], stamp: Stamp, actor: str
) -> None:
    told = in_its_own_fiche(block.answers, changed)
    if not told or block.subject_id is None:
        return
    child = fiches.load(block.subject_id)
    if child.kind == "born":
        return
    apply(child.patient, told, stamp)
    fiches.keep(child, stamp)
    detail = {"block": "patient", "block_id": child.id, "items": sorted(told)}
    audit.record(fiches.session, actor=actor, action="fiche.save", fiche_id=child.id, detail=detail)
