"""The codes that a site chose lately, list by list: what an empty search box offers first. Nothing of a patient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Column, DateTime, Index, Table, Text, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.tenants.bases import TenantBase
from app.terminology.library import LIBRARY
from app.terminology.lists import EXACT, LIMIT, LOOKED_AT, Choice, Part, answers_to
from app.terminology.systems import find_system

recent_choice = Table(
    "recent_choice",
    TenantBase.metadata,
    Column("site", Text, primary_key=True),
    Column("list", Text, primary_key=True),
    Column("system", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("last_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
Index("recent_choice_last", recent_choice.c.site, recent_choice.c.list, recent_choice.c.last_at.desc())


@dataclass(frozen=True, slots=True, order=True)
class Chosen:
    """`list` is the name that a search box asks; `system` an OID; `code` as it is written in a record."""

    list: str
    system: str
    code: str


def keep(session: Session, site: str, chosen: Iterable[Chosen]) -> None:
    """In one order for all: two saves never wait for each other in a ring."""
    lines = [{"site": site, "list": one.list, "system": one.system, "code": one.code} for one in sorted(chosen)]
    if lines:
        line = insert(recent_choice).values(lines)
        again = line.on_conflict_do_update(constraint=recent_choice.primary_key, set_={"last_at": func.now()})
        session.execute(again)


def recent(session: Session, site: str, name: str, parts: Sequence[Part]) -> list[Choice]:
    """The last first, in the words of today; a code that is no longer used leads to the one that replaces it."""
    known = recent_choice.c
    asked = select(known.system, known.code).where(known.site == site, known.list == name)
    rows = session.execute(asked.order_by(known.last_at.desc(), known.code).limit(LOOKED_AT))
    today = (choice for system, code in rows for choice in _today(parts, system, code))
    return list({(one.system, one.code): one for one in today}.values())[:LIMIT]


def _today(parts: Sequence[Part], oid: str, code: str) -> Iterator[Choice]:
    system = find_system(oid)
    for part in parts:
        if system and part.system == system.name:
            found = answers_to(part, LIBRARY.shelf(part.system), system.kept(code), EXACT)
            yield from (choice for _, choice in found if choice.selectable)
