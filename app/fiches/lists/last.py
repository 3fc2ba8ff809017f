"""The last fiches: those that a person created or changed, those that changed in a site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.fiches import find
from app.fiches.find import Listed
from app.fiches.lists.models import acted_on, listed
from app.fiches.models import fiche

TEN = 10


def my_last(session: Session, email: str, limit: int = TEN) -> list[Listed]:
    """Those that this person saved last, whoever changed them since; `updated_at` is when the person did."""
    acts = select(acted_on.c.fiche_id, acted_on.c.at).where(acted_on.c.email == email)
    return _lines(session, acts.order_by(acted_on.c.at.desc(), acted_on.c.fiche_id).limit(limit))


def last_of_site(session: Session, site: str, limit: int = TEN) -> list[Listed]:
    """The fiches of the site that changed last, whoever changed them, the DPI included."""
    changes = select(listed.c.fiche_id, listed.c.updated_at.label("at")).where(listed.c.site == site)
    return _lines(session, changes.order_by(listed.c.updated_at.desc(), listed.c.fiche_id.desc()).limit(limit))


def _lines(session: Session, asked: Select[Any]) -> list[Listed]:
    last = asked.subquery("last")
    read = (
        find.lines()
        .add_columns(last.c.at)
        .join(last, last.c.fiche_id == fiche.c.id)
        .where(fiche.c.merged_into.is_(None))
    )
    rows: Sequence[Any] = session.execute(read.order_by(last.c.at.desc(), fiche.c.id)).all()
    return [Listed._make(row[:-1])._replace(updated_at=row.at) for row in rows]
