"""A whole list, to take away: read a thousand fiches at a time, each time in a transaction of its own, while it leaves.

What moves in the list meanwhile may be missed or told twice, as when one turns its pages. Every fiche that leaves is
traced before it does (D2), then the whole: who, which list, how many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app import audit
from app.fiches import reading
from app.fiches.lists import pages
from app.fiches.lists.columns import Column
from app.fiches.lists.pages import Asked, Page
from app.tenants.bind import hospital_session

AT_A_TIME = 1000
ROUTE = "lists.export"


@dataclass(frozen=True, slots=True)
class Taken:
    """Who takes which list away, and how."""

    hospital: str
    actor: str
    liste: str
    kind: str
    asked: Asked
    columns: Sequence[Column]


def rows_of(taken: Taken) -> Iterator[Any]:
    number, whole = 0, False
    try:
        for page in _pages(taken):
            number += len(page.rows)
            yield from page.rows
        whole = True
    finally:  # a person who closes the window half-way has taken the first half
        detail = {"list": taken.liste, "kind": taken.kind, "filters": sorted(taken.asked.filters)}
        with hospital_session(taken.hospital) as session:
            audit.record(
                session,
                actor=taken.actor,
                action="fiche.export",
                detail={**detail, "number": number, "whole": whole},
            )


def _pages(taken: Taken) -> Iterator[Page]:
    page = _read(taken, None)
    yield page
    while page.after:
        page = _read(taken, page.after)
        yield page


def _read(taken: Taken, after: str | None) -> Page:
    with hospital_session(taken.hospital) as session:
        asked = (taken.columns, AT_A_TIME)
        page = (
            pages.page_after(session, taken.asked, after, *asked)
            if after
            else pages.first_page(session, taken.asked, *asked)
        )
        if page.rows:
            ids = [row.id for row in page.rows]
            reading.record_list(session, actor=taken.actor, fiche_ids=ids, route=ROUTE)
    return page
