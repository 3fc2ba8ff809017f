"""A list as it is shown to somebody: whose it is, what it is filtered by, its page, its number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.accounts.person import Person
from app.fiches.lists import pages, saved
from app.fiches.lists.address import Address
from app.fiches.lists.columns import Column, chosen
from app.fiches.lists.filters import asked_today
from app.fiches.lists.mine import mine_of
from app.fiches.lists.models import HOSPITAL
from app.fiches.lists.pages import Asked, Number, Page


@dataclass(frozen=True, slots=True)
class Shown:
    """`filters` are those of the view, as the person asked for them; the number is told on the first page."""

    page: Page
    number: Number | None
    columns: tuple[Column, ...]
    filters: Mapping[str, str]


def show(session: Session, person: Person, address: Address) -> Shown:
    filters = saved.find_filters(session, person.id, address.vue)
    columns = chosen(saved.chosen_columns(session, person.id))
    asked = asked_by(person, address, filters)
    page = _turned(session, asked, address, columns)
    number = None if address.apres or address.avant else pages.count(session, asked)
    return Shown(page, number, columns, filters)


def asked_by(person: Person, address: Address, filters: Mapping[str, str]) -> Asked:
    today = date.today()  # noqa: DTZ011 - an age is counted in local days
    mine = address.liste == "mes-fiches"
    return Asked(
        site=person.site_code or HOSPITAL if address.liste == "site" else HOSPITAL,
        mine=mine_of(person.email, person.name, person.rpps, person.profession) if mine else None,
        filters=asked_today({**filters, **address.filters}, today),
        sort=address.sort,
        descending=address.descending,
    )


def _turned(session: Session, asked: Asked, address: Address, columns: tuple[Column, ...]) -> Page:
    """What is no id at all shows the first page, as an id that is not there any more."""
    if last := _uuid(address.apres):
        return pages.page_after(session, asked, last, columns)
    if first := _uuid(address.avant):
        return pages.page_before(session, asked, first, columns)
    return pages.first_page(session, asked, columns)


def _uuid(text: str | None) -> str | None:
    try:
        return str(UUID(text or ""))
    except ValueError:
        return None
