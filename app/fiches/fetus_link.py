"""Which pregnancy holds a fetus that has a fiche of its own (I8a)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fiches.models import fetus as table


@dataclass(frozen=True, slots=True)
class Link:
    """Where a fetus stands: its mother's fiche, its block there, the pregnancy."""

    mother_id: str
    block_id: str
    pregnancy_id: str


def link_of(session: Session, fetus_id: str) -> Link | None:
    """None for a fetus that no pregnancy holds."""
    asked = select(table.c.fiche_id, table.c.id, table.c.parent_id).where(table.c.subject_id == fetus_id)
    row = session.execute(asked.order_by(table.c.id).limit(1)).one_or_none()
    return Link(str(row.fiche_id), str(row.id), str(row.parent_id)) if row else None
