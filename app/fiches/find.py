"""Find fiches: by what they are known by, or in lists whose pages turn by key: the last costs what the first does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import JSON, Column, Integer, Select, bindparam, func, select, tuple_
from sqlalchemy.orm import Session

from app.fiches.models import diagnostic, fiche, identifier, prise_en_charge
from app.sdm.identity import Identifier, IdentifierKind

PAGE = 50
Key = tuple[Column[Any], ...]
HOSPITAL_KEY: Key = (fiche.c.family_key, fiche.c.given_key, fiche.c.id)
SITE_KEY: Key = (prise_en_charge.c.sort_key, prise_en_charge.c.fiche_id)
"""What lists are sorted by; the table of the key is the one that conditions are about."""


class Listed(NamedTuple):
    """A line of a list. Dates are partial dates; `missing` counts the missing items; `diagnosis` is the label of the
    first diagnosis, if it has one, and how many others there are."""

    id: str
    kind: str
    quality: str
    missing: int
    family_name: str
    given_name: str
    birth_date: str | None
    sex: str | None
    updated_at: datetime
    diagnosis: tuple[str | None, int] | None


@dataclass(frozen=True, slots=True)
class Page:
    """`following` is the key to ask for the next page with; None on the last one."""

    lines: tuple[Listed, ...]
    following: tuple[str, ...] | None


def by_identifier(session: Session, kind: IdentifierKind, extension: str, root: str | None = None) -> Sequence[str]:
    """Ids of the fiches known by it, oldest first: several when there are duplicates. Without a root, any root."""
    asked = select(identifier.c.fiche_id).distinct().order_by(identifier.c.fiche_id)
    if root is not None or kind in ("ins", "ins_c"):
        lookup = Identifier(kind, root or "", extension).lookup
        return session.scalars(asked.where(identifier.c.lookup == lookup)).all()
    same = func.lower(identifier.c.extension) == extension.strip().lower()
    return session.scalars(asked.where(same, identifier.c.kind == kind)).all()


def of_site(
    session: Session,
    site: str,
    *,
    quality: str | None = None,
    after: Sequence[str] | None = None,
    limit: int = PAGE,
) -> Page:
    """The fiches that a site takes care of, sorted by name; `after` is the `following` of the page before."""
    return _page(session, SITE_KEY, {"site": site, "quality": quality}, after, limit)


def of_hospital(
    session: Session,
    *,
    quality: str | None = None,
    kind: str | None = None,
    after: Sequence[str] | None = None,
    limit: int = PAGE,
) -> Page:
    """Every fiche of the hospital, sorted by name."""
    return _page(session, HOSPITAL_KEY, {"quality": quality, "kind": kind}, after, limit)


def every_page(session: Session, **asked: Any) -> Iterator[Page]:
    """`of_hospital`, page after page."""
    page = of_hospital(session, **asked)
    yield page
    while page.following:
        page = of_hospital(session, after=page.following, **asked)
        yield page


def last_edited(session: Session, by: str, limit: int = 10) -> tuple[Listed, ...]:
    """The last fiches that this person (e-mail) saved."""
    asked = lines().where(fiche.c.updated_by == by).order_by(fiche.c.updated_at.desc()).limit(limit)
    return tuple(map(Listed._make, session.execute(asked)))


def count_by_quality(session: Session, site: str) -> dict[str, int]:
    """The counters of a site's home: read from an index alone."""
    quality = prise_en_charge.c.quality
    asked = select(quality, func.count().label("number")).where(prise_en_charge.c.site == site).group_by(quality)
    return {row.quality: row.number for row in session.execute(asked)}


@cache
def lines(*key: Any) -> Select[Any]:
    """The columns of a `Listed`, then those of the key."""
    shown = [fiche.c[name] for name in ("id", "kind", "quality", "missing_count")]
    names = [
        _name("birth_family_name", "mother_birth_family_name"),
        _name("birth_first_given_name", "mother_birth_first_given_name"),
    ]
    return select(*shown, *names, fiche.c.birth_date, fiche.c.sex, fiche.c.updated_at, _diagnosis(), *key)


def _name(*items: str) -> Any:
    return func.coalesce(*(fiche.c.answers[item].astext for item in items), "")


def _diagnosis() -> Any:
    """Asked with the line: another statement would cost more than its answer."""
    told = (func.coalesce(diagnostic.c.disease_label, diagnostic.c.disease_code), func.count().over() - 1)
    asked = select(func.json_build_array(*told, type_=JSON)).where(diagnostic.c.fiche_id == fiche.c.id)
    return asked.order_by(diagnostic.c.disease_label.is_(None), diagnostic.c.id).limit(1).scalar_subquery()


def _page(
    session: Session, key: Key, wanted: Mapping[str, str | None], after: Sequence[str] | None, limit: int
) -> Page:
    given = {name: value for name, value in wanted.items() if value}
    reached = {f"after_{place}": value for place, value in enumerate(after or ())}
    statement = _statement(key, tuple(given), turned=bool(after))
    rows = session.execute(statement, {**given, **reached, "most": limit + 1}).all()
    shown = rows[:limit]
    width = len(Listed._fields)
    following = tuple(shown[-1][width:]) if len(rows) > limit else None
    return Page(tuple(Listed._make(row[:width]) for row in shown), following)


@cache
def _statement(key: Key, conditions: tuple[str, ...], *, turned: bool) -> Select[Any]:
    """One per kind of page, made once: making it costs more than asking it."""
    table = key[0].table
    asked = lines(*key) if table is fiche else lines(*key).join(table, table.c.fiche_id == fiche.c.id)
    asked = asked.where(*(table.c[name] == bindparam(name) for name in conditions))
    if turned:
        reached = (bindparam(f"after_{place}", type_=column.type) for place, column in enumerate(key))
        asked = asked.where(tuple_(*key) > tuple_(*reached))
    return asked.order_by(*key).limit(bindparam("most", type_=Integer))
