"""Pages of a list, turned by key both ways: the last page costs what the first one does.

The narrow lines are walked first, in the order of an index; what a page shows is then read for its lines alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, bindparam, func, or_, select, tuple_, union
from sqlalchemy.orm import Session

from app.fiches import find
from app.fiches.lists.columns import Column
from app.fiches.lists.conditions import conditions_of
from app.fiches.lists.filters import STATES
from app.fiches.lists.mine import Mine
from app.fiches.lists.models import HOSPITAL, acted_on, followed_by, listed, listed_count
from app.fiches.models import fiche

PAGE = 50
MOST_COUNTED = 10_000
FEW = 2000
"""Fiches of one's own below which they are gathered first; above, the list is walked and each is looked up."""

SORTS: Mapping[str, Any] = {
    "nom": listed.c.name_key,
    "naissance": listed.c.birth_date,
    "inclusion": listed.c.inclusion_date,
    "activite": listed.c.last_activity,
    "modifiee": listed.c.updated_at,
}
"""Each has its index, behind the site."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which fiches: of a site ("" for the whole hospital), one's own or not, filtered; in which order."""

    site: str = HOSPITAL
    mine: Mine | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = "nom"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """`before` and `after` are the ids to turn with; None where the list begins or ends."""

    rows: Sequence[Row[Any]]
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """How many; `more`: at least that many."""

    value: int
    more: bool = False


def first_page(session: Session, asked: Asked, shown: Sequence[Column] = (), limit: int = PAGE) -> Page:
    return _page(session, asked, shown, limit, None, back=False)


def page_after(session: Session, asked: Asked, last: str, shown: Sequence[Column] = (), limit: int = PAGE) -> Page:
    """`last` is the id of the last line of the page before; one that is not listed any more shows the first page."""
    return _page(session, asked, shown, limit, last, back=False)


def page_before(session: Session, asked: Asked, first: str, shown: Sequence[Column] = (), limit: int = PAGE) -> Page:
    """A beginning that is not a whole page is shown whole."""
    page = _page(session, asked, shown, limit, first, back=True)
    return page if page.before else first_page(session, asked, shown, limit)


def every_page(session: Session, asked: Asked, shown: Sequence[Column] = (), limit: int = PAGE) -> Iterator[Page]:
    page = first_page(session, asked, shown, limit)
    yield page
    while page.after:
        page = page_after(session, asked, page.after, shown, limit)
        yield page


def count(session: Session, asked: Asked) -> Number:
    """From the counters where they tell, else line by line up to a bound."""
    if asked.mine is None and not set(asked.filters) - {"etat"}:
        counts = count_by_quality(session, asked.site)
        state = asked.filters.get("etat")
        return Number(counts.get(STATES[state], 0) if state else sum(counts.values()))
    some = (
        select(listed.c.fiche_id)
        .where(listed.c.site == asked.site, *_narrowing(session, asked))
        .limit(MOST_COUNTED + 1)
        .subquery()
    )
    number = session.execute(select(func.count()).select_from(some)).scalar_one()
    return Number(min(number, MOST_COUNTED), more=number > MOST_COUNTED)


def count_by_quality(session: Session, site: str) -> dict[str, int]:
    """The counters of a site, or of the hospital: a few lines to add, whatever the number of fiches."""
    return {row.quality: int(row.number) for row in session.execute(_COUNT_BY_QUALITY, {"site": site}) if row.number}


_COUNT_BY_QUALITY = (
    select(listed_count.c.quality, func.sum(listed_count.c.number).label("number"))
    .where(listed_count.c.site == bindparam("site", type_=listed_count.c.site.type))
    .group_by(listed_count.c.quality)
)


def _page(
    session: Session, asked: Asked, shown: Sequence[Column], limit: int, turned_at: str | None, *, back: bool
) -> Page:
    reached = _key(session, asked, turned_at) if turned_at else None
    backwards, narrowed = asked.descending is not back, tuple(_narrowing(session, asked))
    made = _made if narrowed else _made_once
    statement = made(asked.sort, backwards, reached is not None, tuple(shown), narrowed)
    turned = dict(zip(("turned_key", "turned_id"), reached or (), strict=False))
    rows = session.execute(statement, {"of_site": asked.site, "lines": limit + 1, **turned}).all()
    more, rows = len(rows) > limit, rows[:limit]
    if back:
        rows = rows[::-1]
    if not rows:
        return Page(())
    first, last = rows[0].id, rows[-1].id
    return Page(rows, first if (more if back else reached) else None, last if (reached if back else more) else None)


def _made(
    sort: str, backwards: bool, turned: bool, shown: tuple[Column, ...], narrowed: Sequence[ColumnElement[bool]] = ()
) -> Select[Any]:
    """Walks the index of the sort from where the page turned, then reads the fiches of the lines found."""
    order = (SORTS[sort], listed.c.fiche_id)
    walk = select(listed).where(listed.c.site == _bind("of_site", listed.c.site), *narrowed)
    if turned:
        there = tuple_(*map(_bind, ("turned_key", "turned_id"), order))
        walk = walk.where(tuple_(*order) < there if backwards else tuple_(*order) > there)
    walk = walk.order_by(*(key.desc() if backwards else key for key in order)).limit(bindparam("lines", type_=Integer))
    return _read(walk, sort, shown, backwards=backwards)


_made_once = lru_cache(maxsize=128)(_made)
"""For the lists that nothing narrows, which are most: making a statement costs more than asking it."""


def _bind(name: str, column: Any) -> Any:
    return bindparam(name, type_=column.type)


def _read(walk: Select[Any], sort: str, shown: Sequence[Column], *, backwards: bool) -> Select[Any]:
    line = walk.subquery("line")
    key = (line.c[SORTS[sort].name], line.c.fiche_id)
    more = (column.more(line).label(column.name) for column in shown if column.more)
    read = find.lines().add_columns(*(line.c[name] for name in LINE), *more)
    read = read.join(line, line.c.fiche_id == fiche.c.id)
    return read.order_by(*(column.desc() if backwards else column for column in key))


LINE = ("site", "source", "inclusion_date", "last_activity")
"""What the line itself tells."""


def _key(session: Session, asked: Asked, fiche_id: str) -> Sequence[Any] | None:
    return session.execute(_key_of(asked.sort), {"of_fiche": fiche_id, "of_site": asked.site}).one_or_none()


@cache
def _key_of(sort: str) -> Select[Any]:
    mine = (listed.c.fiche_id == _bind("of_fiche", listed.c.fiche_id), listed.c.site == _bind("of_site", listed.c.site))
    return select(SORTS[sort], listed.c.fiche_id).where(*mine)


def _narrowing(session: Session, asked: Asked) -> Iterator[ColumnElement[bool]]:
    if asked.mine:
        yield _is_mine(session, asked.mine)
    yield from conditions_of(asked.filters)


def _is_mine(session: Session, mine: Mine) -> ColumnElement[bool]:
    acted = acted_on.c.email == mine.email if mine.acts else (acted_on.c.email == mine.email) & acted_on.c.created
    followed = followed_by.c.person.in_(mine.people)
    gathered = union(select(acted_on.c.fiche_id).where(acted), select(followed_by.c.fiche_id).where(followed))
    some = gathered.limit(FEW).subquery()
    if session.execute(select(func.count()).select_from(some)).scalar_one() < FEW:
        return listed.c.fiche_id.in_(gathered)
    of_the_line = (table.c.fiche_id == listed.c.fiche_id for table in (acted_on, followed_by))
    return or_(*(select(1).where(one, its).exists() for one, its in zip((acted, followed), of_the_line, strict=True)))
