"""What happened to a block since a person read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fiches.models import block_version as table


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """`base` is the state that was read; the last passage over it: `by` an e-mail or None for a document."""

    base: Mapping[str, Any]
    by: str | None
    origin: str
    at: datetime


def since(session: Session, block_id: str, version: int) -> Meanwhile | None:
    """None when nobody passed. The first state replaced since is the one that was read."""
    asked = select(table).where(table.c.block_id == block_id, table.c.version >= version).order_by(table.c.version)
    rows = session.execute(asked).mappings().all()
    if not rows:
        return None
    return Meanwhile(rows[0]["answers"], rows[-1]["replaced_by"], rows[-1]["replaced_origin"], rows[-1]["replaced_at"])
