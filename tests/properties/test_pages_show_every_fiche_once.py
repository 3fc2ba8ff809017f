"""Whatever a list is sorted by, turning its pages shows every fiche once, in order, forth and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.fiches.lists.pages import SORTS, Asked, every_page, first_page, page_before
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.saving import RUTH, SITES, Desk

FEW_VALUES = st.fixed_dictionaries(
    {
        "birth_family_name": st.sampled_from(["ABEL", "abel", "Été", "ZÉ"]),
        "birth_first_given_name": st.sampled_from(["Anne", "Zoé"]),
        "birth_date": st.sampled_from([None, "1977", "1977-07", "1977-07-14"]),
    }
)


@pytest.fixture
def session(hospital: Hospital) -> Iterator[Session]:
    with hospital_session(hospital.code) as session:
        yield session


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(patients=st.lists(FEW_VALUES, max_size=9), limit=st.integers(1, 4))
def test_every_fiche_once_in_order(
    hospital: Hospital, session: Session, patients: list[dict[str, str | None]], limit: int
) -> None:
    with session.begin_nested() as attempt:
        desk = Desk(session, Hospital(**{**_fields(hospital), "sites": dict(SITES)}))
        for named in patients:
            desk.save(RUTH | named)
        for sort in SORTS:
            for descending in (False, True):
                _check(session, Asked(sort=sort, descending=descending), limit, len(patients))
        attempt.rollback()


def _check(session: Session, asked: Asked, limit: int, number: int) -> None:
    forth = [page for page in every_page(session, asked, limit=limit) if page.rows]
    ids = [row.id for page in forth for row in page.rows]
    order = text(f"select cast(fiche_id as text) from listed where site = '' order by {_order(asked)}")
    assert ids == list(session.execute(order).scalars())
    assert len(ids) == number
    back, page = [], forth[-1] if forth else first_page(session, asked)
    while page.before:
        page = page_before(session, asked, page.before, limit=limit)
        back.append([row.id for row in page.rows])
    assert back == [[row.id for row in page.rows] for page in forth[:-1]][::-1]


def _order(asked: Asked) -> str:
    way = "desc" if asked.descending else "asc"
    return f"{SORTS[asked.sort].name} {way}, fiche_id {way}"


def _fields(hospital: Hospital) -> dict[str, object]:
    return {name: getattr(hospital, name) for name in Hospital.__slots__}
