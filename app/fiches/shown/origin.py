"""Where one value comes from: its stamp, its document, the value it replaced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.fiches.provenance import decode
from app.fiches.record import BlockRecord, Fiche, Stamp
from app.fiches.shown.chips import ORIGINS
from app.fiches.shown.display import said
from app.fiches.wording import label_of
from app.sdm.answers import Value
from app.sdm.definition import find_item
from app.tenants.bind import bound_hospital


@dataclass(frozen=True, slots=True)
class SourceDocument:
    id: str
    version: int | None
    received_at: datetime
    effective_at: datetime | None


@dataclass(frozen=True, slots=True)
class ValueOrigin:
    """`former` is None when the value never had another one."""

    label: str
    value: str
    stamp: Stamp
    origin: str
    document: SourceDocument | None
    former: str | None
    former_stamp: Stamp | None
    block_id: str
    recueil: str = ""
    """The word of the collection that holds it; "" for a block of the SDM."""


def origin_of(session: Session, fiche: Fiche, block_id: str, item: str) -> ValueOrigin | None:
    """None when the fiche has no such value."""
    record = next((one for one in fiche.all_blocks() if one.id == block_id), None)
    stamp = record.stamps.get(item) if record else None
    if record is None or stamp is None:
        return None
    asked = find_item(record.block, item)
    tell = partial(said, asked, sites=bound_hospital().sites)
    former, former_stamp = _former(session, record, item, tell)
    return ValueOrigin(
        label_of(asked, item),
        tell(record.answers.get(item)),
        stamp,
        ORIGINS[stamp.origin],
        _document(session, stamp.document_id),
        former,
        former_stamp,
        block_id,
    )


def _former(
    session: Session, record: BlockRecord, item: str, tell: Callable[[Value | None], str]
) -> tuple[str | None, Stamp | None]:
    """The last state in which the value was another one."""
    now = record.answers.get(item)
    rows: Any = session.execute(_STATES, {"block_id": record.id})
    for row in rows:
        if row.answers.get(item) != now:
            return tell(row.answers.get(item)), decode(row.provenance).get(item)
    return None, None


def _document(session: Session, document_id: str | None) -> SourceDocument | None:
    row = session.execute(_DOCUMENT, {"id": document_id}).one_or_none() if document_id else None
    return SourceDocument(str(row.id), row.version_number, row.received_at, row.effective_at) if row else None


_STATES = text("select answers, provenance from block_version where block_id = :block_id order by version desc")
_DOCUMENT = text("select id, version_number, received_at, effective_at from received_document where id = :id")
