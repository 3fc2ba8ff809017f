"""The last fiches: those that a person created or changed, those that changed in a site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import Session

from app.fiches import find
from app.fiches.find import Listed
from app.fiches.lists.models import acted_on, listed
from app.fiches.models import fiche

TEN = 10


def my_last(session: Session, email: str, limit: int = TEN) -> list[Listed]:
    """Those that this person saved last, whoever changed them since; `updated_at` is when the person did."""
    return _lines(session, _of_acts(), {"email": email, "limit": limit})


def last_of_site(session: Session, site: str, limit: int = TEN) -> list[Listed]:
    """The fiches of the site that changed last, whoever changed them, the DPI included."""
    return _lines(session, _of_changes(), {"site": site, "limit": limit})


def _lines(session: Session, asked: Select[Any], given: Mapping[str, Any]) -> list[Listed]:
    rows: Sequence[Any] = session.execute(asked, given).all()
    return [Listed._make(row[:-1])._replace(updated_at=row.at) for row in rows]


@cache
def _of_acts() -> Select[Any]:
    acts = select(acted_on.c.fiche_id, acted_on.c.at).where(acted_on.c.email == bindparam("email"))
    return _read(acts.order_by(acted_on.c.at.desc(), acted_on.c.fiche_id))


@cache
def _of_changes() -> Select[Any]:
    changes = select(listed.c.fiche_id, listed.c.updated_at.label("at")).where(listed.c.site == bindparam("site"))
    return _read(changes.order_by(listed.c.updated_at.desc(), listed.c.fiche_id.desc()))


def _read(asked: Select[Any]) -> Select[Any]:
    last = asked.limit(bindparam("limit", type_=Integer)).subquery("last")
    read = (
        find.lines()
        .add_columns(last.c.at)
        .join(last, last.c.fiche_id == fiche.c.id)
        .where(fiche.c.merged_into.is_(None))
    )
    return read.order_by(last.c.at.desc(), fiche.c.id)
