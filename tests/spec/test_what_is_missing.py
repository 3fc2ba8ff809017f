"""« Ce qui manque »: which items, in how many fiches, and the fiches that lack them."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from app.fiches.missing.marks import NOTHING, item_of, key_of, marks_of
from app.fiches.missing.telling import tell_some
from app.fiches.missing.work_list import Lacks, page_of, what_lacks
from app.fiches.quality import assess
from app.fiches.store import StoredFiches
from tests.saving import RUTH, Desk


def follow(desk: Desk, family: str, site: str = "S001", **more: object) -> str:
    """A patient whom a site takes care of; a prise en charge and a diagnosis lack most of their items."""
    fiche_id = desk.save(RUTH | {"birth_family_name": family} | more).fiche_id
    desk.save({"care_site_id": site, "inclusion_date": "2024"}, "prise_en_charge", fiche_id)
    return fiche_id


@pytest.fixture
def three(desk: Desk) -> list[str]:
    ids = [follow(desk, "AAA"), follow(desk, "BBB", birth_date=None), follow(desk, "CCC", birth_date="2050-01-01")]
    follow(desk, "AILLEURS", site="S002", birth_date=None)
    return ids


def told(lacks: Lacks, item: str) -> tuple[int, int]:
    return next(((one.missing, one.wrong) for one in lacks.items if one.item == item), (0, 0))


@pytest.mark.usefixtures("three")
def test_each_item_is_counted_in_the_fiches_of_the_site(desk: Desk) -> None:
    lacks = what_lacks(desk.session, "S001")
    assert lacks.fiches == 3
    assert told(lacks, "birth_date") == (1, 1)
    assert told(lacks, "diagnostic") == (3, 0)
    assert told(lacks, "sex") == (0, 0)
    assert [one.number for one in lacks.items] == sorted((one.number for one in lacks.items), reverse=True)


@pytest.mark.usefixtures("three")
def test_without_a_site_the_whole_hospital_is_counted(desk: Desk) -> None:
    assert what_lacks(desk.session, None).fiches == 4
    assert told(what_lacks(desk.session, None), "birth_date") == (2, 1)


def test_the_fiches_that_lack_an_item_are_listed_by_name(desk: Desk, three: list[str]) -> None:
    keys = what_lacks(desk.session, "S001").keys
    assert [one.id for one in page_of(desk.session, "S001").fiches] == three
    assert [one.id for one in page_of(desk.session, "S001", keys=keys["birth_date"]).fiches] == three[1:]
    assert [one.id for one in page_of(desk.session, "S001", quality="to_correct").fiches] == three[2:]
    assert page_of(desk.session, "S001", keys=[]).fiches == []


@pytest.mark.parametrize("site", ["S001", None])
@pytest.mark.usefixtures("three")
def test_pages_follow_each_other_without_gap_or_repeat(desk: Desk, site: str | None) -> None:
    everyone = [one.id for one in page_of(desk.session, site).fiches]
    read: list[str] = []
    after = None
    while len(read) < len(everyone):
        page = page_of(desk.session, site, after=after, limit=1)
        read += [one.id for one in page.fiches]
        after = page.following
    assert read == everyone
    assert after is None


def test_an_item_answered_leaves_the_list(desk: Desk, three: list[str]) -> None:
    desk.save({"birth_date": "1980-01-01"}, fiche=three[1])
    assert told(what_lacks(desk.session, "S001"), "birth_date") == (0, 1)


def test_a_fiche_that_lacks_nothing_is_not_counted() -> None:
    assert key_of(()) == NOTHING
    assert key_of(("birth_date",)) not in (NOTHING, key_of(("!birth_date",)))


def test_what_is_stored_is_what_the_rules_say(desk: Desk, three: list[str]) -> None:
    stored = dict(desk.session.execute(text("select id::text, problems from fiche")).all())
    for fiche_id in three:
        marks = marks_of(assess(desk.read(fiche_id)).problems)
        assert tuple(stored[fiche_id]) == marks
        assert {item_of(mark) for mark in marks} <= set(what_lacks(desk.session, "S001").keys)


def test_those_that_nobody_told_are_told_without_changing_them(desk: Desk, three: list[str]) -> None:
    before = what_lacks(desk.session, "S001")
    desk.session.execute(text("update fiche set problems = null, problems_key = null"))
    desk.session.execute(text("update listed set problems_key = null"))
    versions = StoredFiches(desk.session).read(three[0]).version
    assert what_lacks(desk.session, "S001").fiches == 0
    assert tell_some(desk.session) == 4
    assert tell_some(desk.session) == 0
    assert what_lacks(desk.session, "S001") == before
    assert StoredFiches(desk.session).read(three[0]).version == versions
