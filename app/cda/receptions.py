"""What became of a reception: of the document received, or of each document of a mail or of an archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cda.models import received_document
from app.cda.outcomes import State

COLUMNS = ("id", "state", "code", "fiche_id", "report", "envelope", "part_of")


def endings(session: Session, document_ids: Sequence[str]) -> Mapping[str, list[Mapping[str, Any]]]:
    """Reception → the rows of its documents, in order: its own when it is one, or is not opened yet."""
    row = received_document.c
    wanted = select(*(row[name] for name in COLUMNS)).order_by(row.seq, row.part)
    mine = wanted.where(row.id.in_(document_ids) | row.part_of.in_(document_ids))
    rows: Any = session.execute(mine).mappings().all()
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in rows:
        if one["state"] != State.OPENED and one["id"] in document_ids:
            found[one["id"]].append(one)
        if one["part_of"] in document_ids:
            found[one["part_of"]].append(one)
    return found
