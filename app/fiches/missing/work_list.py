"""What is missing: which items, in how many fiches, and the fiches that lack them, page after page.

Counting reads an index alone: fiches that lack the same things share a key (marks.py), and the hospital's hundred
thousand fiches have some thousands of keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Integer, Select, Text, bindparam, func, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.fiches.lists.models import HOSPITAL, listed
from app.fiches.missing.marks import NOTHING, WRONG, item_of
from app.fiches.models import fiche
from app.fiches.record import Fiche
from app.fiches.store import StoredFiches

PAGE = 20


@dataclass(frozen=True, slots=True)
class Lack:
    """An item, or a block by its name, and in how many fiches it is missing or wrong."""

    item: str
    missing: int = 0
    wrong: int = 0

    @property
    def number(self) -> int:
        return self.missing + self.wrong


@dataclass(frozen=True, slots=True)
class Lacks:
    """`keys` maps an item to the keys of the fiches that lack it; `fiches` counts those that lack anything."""

    items: tuple[Lack, ...]
    keys: dict[str, list[int]]
    fiches: int


@dataclass(frozen=True, slots=True)
class WorkPage:
    """`following` is the id to ask the next page with; None on the last one."""

    fiches: Sequence[Fiche]
    following: str | None


def what_lacks(session: Session, site: str | None) -> Lacks:
    """Of a site, or of the hospital; the most frequent first."""
    missing, wrong, fiches = Counter[str](), Counter[str](), 0
    keys: dict[str, list[int]] = {}
    for row in session.execute(_counts(), {"site": site or HOSPITAL}):
        fiches += row.number
        for mark in row.problems or ():
            (wrong if mark.startswith(WRONG) else missing)[item_of(mark)] += row.number
            keys.setdefault(item_of(mark), []).append(row.problems_key)
    lacks = (Lack(item, missing[item], wrong[item]) for item in keys)
    return Lacks(tuple(sorted(lacks, key=lambda one: (-one.number, one.item))), keys, fiches)


def page_of(
    session: Session,
    site: str | None,
    *,
    keys: Sequence[int] | None = None,
    quality: str | None = None,
    after: str | None = None,
    limit: int = PAGE,
) -> WorkPage:
    """Sorted by name. `keys` None is whatever lacks something, and every draft among drafts; `after` the last fiche of
    the page before."""
    wanted = {
        "site": site or HOSPITAL,
        "quality": quality,
        "keys": None if keys is None else list(keys),
        "after": after,
    }
    given = {name: value for name, value in wanted.items() if value is not None}
    lacking = quality != "draft"
    rows = session.execute(_page(tuple(given), lacking), {**given, "most": limit + 1}).scalars().all()
    following = rows[limit - 1] if len(rows) > limit else None
    return WorkPage(StoredFiches(session).read_several(rows[:limit]), following)


@cache
def _counts() -> Select[Any]:
    """Each key with its number of fiches, and the marks of any one of them."""
    lacking = (listed.c.site == bindparam("site", type_=listed.c.site.type), listed.c.problems_key != NOTHING)
    counted = select(listed.c.problems_key, func.count().label("number")).where(*lacking)
    told = counted.group_by(listed.c.problems_key).cte("told")
    one = listed.alias("one")
    there = (one.c.site == bindparam("site", type_=listed.c.site.type), one.c.problems_key == told.c.problems_key)
    any_one = select(one.c.fiche_id).where(*there).limit(1).correlate(told).scalar_subquery()
    marks = select(fiche.c.problems).where(fiche.c.id == any_one).correlate(told).scalar_subquery()
    return select(told.c.problems_key, told.c.number, marks.label("problems"))


@cache
def _page(given: tuple[str, ...], lacking: bool) -> Select[Any]:
    """Making a statement costs more than asking it: one per choice of conditions."""
    key, here = (listed.c.name_key, listed.c.fiche_id), listed.c.site == bindparam("site", type_=listed.c.site.type)
    asked = select(listed.c.fiche_id).where(here, listed.c.problems_key != NOTHING)
    if "quality" in given:
        asked = asked.where(listed.c.quality == bindparam("quality", type_=Text))
    if "keys" in given:
        asked = asked.where(listed.c.problems_key == func.any(bindparam("keys", type_=ARRAY(BigInteger))))
    if "after" in given:
        reached = select(*key).where(here, listed.c.fiche_id == bindparam("after", type_=listed.c.fiche_id.type))
        asked = asked.where(tuple_(*key) > reached.scalar_subquery())
    return asked.order_by(*key).limit(bindparam("most", type_=Integer))
