"""A form sent twice (two clicks, a page sent again) creates one fiche or one block. What has changed between the two is
another answer: it is shown again, not lost, and not added unasked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from app.fiches.edit import read_answers
from app.fiches.record import BlockRecord
from app.fiches.store import FicheNotFound, StoredFiches
from app.forms.desk import Desk
from app.sdm.definition import BLOCKS

CHANGED = (
    "Ce formulaire a déjà été enregistré, avec d’autres réponses. "
    "Pour les corriger, ouvrir la fiche ; pour en ajouter avec ces réponses-ci, enregistrer de nouveau."
)


@dataclass(frozen=True, slots=True)
class Already:
    """Sent again as it was: there is nothing more to do."""

    fiche_id: str
    record: BlockRecord


def fiche_of(desk: Desk, new_id: str) -> BlockRecord | None:
    """The patient block of the fiche that this form has created already. Who sends at the same time waits here."""
    desk.session.execute(_WAIT, {"id": new_id})
    try:
        return StoredFiches(desk.session).read(new_id).patient
    except FicheNotFound:
        return None


def same(record: BlockRecord, given: Mapping[str, Any]) -> bool:
    """Whether the block holds what is sent; identifiers and the site of a prise en charge are kept elsewhere."""
    block = BLOCKS[record.block]
    read = read_answers(block, given)
    sent = {name: value for name, value in read.items() if value is not None and not _is_key(record, name)}
    return sent == {name: value for name, value in record.answers.items() if not _is_key(record, name)}


def _is_key(record: BlockRecord, name: str) -> bool:
    item = BLOCKS[record.block].item(name)
    return name == "care_site_id" or bool(item and item.identifier)


_WAIT = text("select pg_advisory_xact_lock(hashtextextended(:id, 0))")
