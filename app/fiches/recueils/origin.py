"""Where one value of a collection comes from: who typed it, and the value it replaced. No document ever did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from app.fiches.provenance import decode
from app.fiches.record import Stamp
from app.fiches.recueils import rows
from app.fiches.recueils.labels import item_of
from app.fiches.recueils.record import RecueilRecord
from app.fiches.shown.chips import ORIGINS
from app.fiches.shown.origin import ValueOrigin
from app.fiches.wording import label_of, say
from app.recueils.model import Recueil


def origin_in(
    session: Session, recueils: Mapping[str, Recueil], held: Sequence[RecueilRecord], block_id: str, item: str
) -> ValueOrigin | None:
    """None when no block held has such a value."""
    record = next((one for one in held if one.id == block_id), None)
    stamp = record.stamps.get(item) if record else None
    if record is None or stamp is None:
        return None
    recueil = recueils[record.recueil]
    former, former_stamp = _former(session, record, item)
    return ValueOrigin(
        label_of(item_of(recueil, record.edition, record.block, item), item),
        say(record.answers.get(item)),
        stamp,
        ORIGINS[stamp.origin],
        None,
        former,
        former_stamp,
        block_id,
        recueil.word,
    )


def _former(session: Session, record: RecueilRecord, item: str) -> tuple[str | None, Stamp | None]:
    """The last state in which the value was another one."""
    for row in reversed(rows.former_states(session, [record.id])):
        if row["answers"].get(item) != record.answers.get(item):
            return say(row["answers"].get(item)), decode(row["provenance"]).get(item)
    return None, None
