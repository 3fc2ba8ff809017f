"""The SQL of the complementary collections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import RowMapping, any_, bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.fiches import provenance
from app.fiches.record import Stamp
from app.fiches.recueils.models import recueil_block, recueil_version
from app.fiches.recueils.record import RecueilRecord
from app.fiches.store import EditedMeanwhile


def read(session: Session, fiche_ids: Iterable[str]) -> list[tuple[str, RecueilRecord]]:
    """Every block held by these fiches, with its fiche, in order of creation."""
    found = session.execute(_READ, {"fiche_ids": list(fiche_ids)}).mappings()
    return [(row["fiche_id"], record_of(dict(row))) for row in found]


def write(session: Session, fiche_id: str, record: RecueilRecord) -> None:
    """A new row, or the next version of one. Raises EditedMeanwhile."""
    state = {
        "edition": record.edition,
        "answers": record.answers,
        "provenance": provenance.encode(record.stamps),
        "version": record.version + 1,
    }
    if record.version == 0:
        known = {"id": record.id, "fiche_id": fiche_id, "recueil": record.recueil, "block": record.block}
        session.execute(insert(recueil_block).values(**known, **state))
        return
    mine = (recueil_block.c.id == record.id, recueil_block.c.version == record.version)
    written: Any = session.execute(update(recueil_block).where(*mine).values(**state))
    if written.rowcount != 1:
        raise EditedMeanwhile


def keep_former(session: Session, fiche_id: str, record: RecueilRecord, stamp: Stamp) -> None:
    """The state that this change replaces, with who replaced it."""
    assert record.former is not None
    answers, stamps = record.former
    session.execute(
        insert(recueil_version).values(
            fiche_id=fiche_id,
            recueil=record.recueil,
            block=record.block,
            block_id=record.id,
            edition=record.former_edition,
            version=record.version,
            answers=answers,
            provenance=provenance.encode(stamps),
            replaced_at=stamp.at,
            replaced_origin=stamp.origin,
            replaced_by=stamp.by,
        )
    )


def former_states(session: Session, block_ids: Iterable[str], since: int = 0) -> list[RowMapping]:
    """Replaced states from a version on, oldest first; by block, since a merge brings blocks of another fiche (M1)."""
    mine = (recueil_version.c.block_id.in_(list(block_ids)), recueil_version.c.version >= since)
    asked = select(recueil_version).where(*mine)
    return list(session.execute(asked.order_by(recueil_version.c.block_id, recueil_version.c.version)).mappings())


_READ = (
    select(recueil_block)
    .where(recueil_block.c.fiche_id == any_(bindparam("fiche_ids", type_=ARRAY(recueil_block.c.fiche_id.type))))
    .order_by(recueil_block.c.id)
)


def record_of(row: Mapping[str, Any]) -> RecueilRecord:
    """Of a row, whichever statement read it."""
    stamps = provenance.decode(row["provenance"])
    origin = next(iter(stamps.values())).origin if stamps else "web"
    record = RecueilRecord(row["block"], row["id"], origin, row["answers"], stamps, row["version"])
    record.recueil, record.edition = row["recueil"], row["edition"]
    return record
