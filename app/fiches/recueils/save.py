"""Save what a person typed in a complementary collection: the one path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app import audit
from app.clock import new_id
from app.fiches.edit import read_answers
from app.fiches.record import Fiche
from app.fiches.recueils import rows
from app.fiches.recueils.record import RecueilRecord
from app.fiches.save import Author, web_stamp
from app.recueils.model import Edition, Recueil
from app.sdm.model import Block


def new_record(recueil: Recueil, edition: Edition, block: Block) -> RecueilRecord:
    record = RecueilRecord(block.name, new_id(), "web")
    record.recueil, record.edition = recueil.name, edition.number
    return record


def held_by(session: Session, fiche_id: str) -> list[RecueilRecord]:
    return [record for _, record in rows.read(session, [fiche_id])]


def save_recueil(
    session: Session, fiche: Fiche, record: RecueilRecord, edition: Edition, answers: Mapping[str, Any], *, by: Author
) -> tuple[str, ...]:
    """Merges `answers` into the block, under the edition in force; the items that changed. The fiche is locked by the
    caller. Raises EditRefused (unknown item, ill-typed value), EditedMeanwhile."""
    block = edition.block(record.block)
    assert block is not None
    given, stamp = read_answers(block, answers), web_stamp(by)
    record.fill_under(edition.number)
    for name, value in given.items():
        if value is not None:
            record.put(name, value, stamp)
        elif name in record.answers:
            record.drop(name)
    if record.former is not None:
        rows.keep_former(session, fiche.id, record, stamp)
    rows.write(session, fiche.id, record)
    record.version, record.former, record.changed = record.version + 1, None, False
    detail = {"recueil": record.recueil, "block": record.block, "block_id": record.id, "items": sorted(given)}
    audit.record(session, actor=f"account:{by.id}", action="fiche.recueil", fiche_id=fiche.id, detail=detail)
    return tuple(given)
