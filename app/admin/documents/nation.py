"""The counts of the hospitals, for the nation: a page at a time, since each hospital is another schema to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for

from app.cda.watch import counts
from app.tenants.bind import hospital_session
from app.tenants.directory import all_hospitals
from app.tenants.each import in_each
from app.tenants.hospital import Hospital

TOGETHER = 25


@dataclass(frozen=True, slots=True)
class Nation:
    """A page: hospitals with their figures, None for one that cannot be read now. `page` is the first as 0."""

    lines: Sequence[tuple[Hospital, counts.Figures | None]]
    asked: str
    page: int
    pages: int
    count: int

    def address(self, page: int) -> str:
        return url_for("console_documents.index", page=page or None, chercher=self.asked or None)


def page_of_the_nation() -> Nation:
    """As the address asks: by name or code, in the order of names. A test twin receives nothing that counts."""
    asked = request.args.get("chercher", "").strip()[:100]
    known = [one for one in all_hospitals() if one.twin_of is None and asked.casefold() in _called(one)]
    pages = max(1, -(-len(known) // TOGETHER))
    page = min(_number(request.args.get("page", "")), pages - 1)
    shown = sorted(known, key=lambda one: (one.name.casefold(), one.code))[page * TOGETHER :][:TOGETHER]
    figures = in_each(_figures, shown)
    return Nation([(one, figures.get(one.code)) for one in shown], asked, page, pages, len(known))


def _figures(hospital: Hospital) -> counts.Figures:
    with hospital_session(hospital.code) as session:
        return counts.figures(session)


def _called(hospital: Hospital) -> str:
    return f"{hospital.name} {hospital.code}".casefold()


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
