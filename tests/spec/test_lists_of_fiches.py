"""Lists and searches of a site and of a hospital: sorted by name, page after page, by key."""

from __future__ import annotations

import pytest

from app.fiches import find
from app.fiches.lists.models import HOSPITAL
from app.fiches.lists.pages import (
    Asked,
    Number,
    Page,
    count,
    count_by_quality,
    every_page,
    first_page,
    page_after,
    page_before,
)
from app.fiches.store import StoredFiches
from tests.saving import RUTH, Desk

NAMES = [("Durand", "Zoé"), ("DURANDEAU", "Anne"), ("Étienne", "Luc"), ("durand", "Abel"), ("D’Été", "Lœtitia")]
SORTED = ["D’Été", "durand", "Durand", "DURANDEAU", "Étienne"]


def follow(desk: Desk, family: str, given: str, site: str = "S001", **more: object) -> str:
    """A patient whom a site takes care of."""
    named = {"birth_family_name": family, "birth_first_given_name": given}
    fiche_id = desk.save(RUTH | named | more).fiche_id
    desk.save({"care_site_id": site}, "prise_en_charge", fiche_id)
    return fiche_id


@pytest.fixture
def five(desk: Desk) -> Desk:
    for family, given in NAMES:
        follow(desk, family, given)
    follow(desk, "AILLEURS", "Jean", site="S002")
    return desk


def families(page: Page) -> list[str]:
    return [row.family_name for row in page.rows]


def all_families(desk: Desk, asked: Asked, limit: int = 50) -> list[str]:
    return [name for page in every_page(desk.session, asked, limit=limit) for name in families(page)]


def test_the_list_of_a_site_is_sorted_by_name_accents_and_case_aside(five: Desk) -> None:
    assert all_families(five, Asked("S001")) == SORTED


def test_it_shows_the_patients_of_that_site_alone(five: Desk) -> None:
    assert all_families(five, Asked("S002")) == ["AILLEURS"]


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 6])
def test_pages_follow_each_other_without_gap_or_repeat(five: Desk, limit: int) -> None:
    assert all_families(five, Asked("S001"), limit) == SORTED
    assert all_families(five, Asked(), limit) == ["AILLEURS", *SORTED]


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 6])
def test_they_turn_back_the_same_way(five: Desk, limit: int) -> None:
    forth = list(every_page(five.session, Asked("S001"), limit=limit))
    page, back = forth[-1], [families(forth[-1])]
    while page.before:
        page = page_before(five.session, Asked("S001"), page.before, limit=limit)
        back.append(families(page))
    assert back[-1] == SORTED[:limit]
    assert [name for names in back[::-1] for name in names][-len(SORTED) :][-1] == SORTED[-1]
    assert set(SORTED) == {name for names in back for name in names}


def test_a_page_turned_at_a_fiche_that_is_not_listed_any_more_is_the_first_one(five: Desk) -> None:
    gone = "0190163d-8694-739b-aea5-966c26f8ad90"
    assert families(page_after(five.session, Asked("S001"), gone)) == SORTED
    assert families(page_before(five.session, Asked("S001"), gone)) == SORTED


def test_homonyms_are_all_listed(desk: Desk) -> None:
    for _ in range(3):
        follow(desk, "DURAND", "Jean")
    assert all_families(desk, Asked("S001"), limit=1) == ["DURAND"] * 3


def test_a_patient_renamed_moves_in_the_lists_of_every_site(desk: Desk) -> None:
    fiche_id = follow(desk, "AAA", "Anne")
    follow(desk, "MMM", "Marie")
    desk.save({"care_site_id": "S002"}, "prise_en_charge", fiche_id)
    desk.save({"birth_family_name": "ZZZ"}, fiche=fiche_id)
    assert all_families(desk, Asked("S001")) == ["MMM", "ZZZ"]
    assert all_families(desk, Asked("S002")) == ["ZZZ"]


def test_the_counters_of_a_site_are_its_lists(desk: Desk) -> None:
    drafted = follow(desk, "DURAND", "Jean")
    follow(desk, "MARTIN", "Jean")
    desk.save({}, fiche=drafted, draft=True)
    for site in ("S001", HOSPITAL):
        assert count_by_quality(desk.session, site) == {"draft": 1, "incomplete": 1}
        drafts = Asked(site, filters={"etat": "brouillons"})
        assert [row.id for row in first_page(desk.session, drafts).rows] == [drafted]
        assert count(desk.session, drafts) == Number(1)
    assert count_by_quality(desk.session, "S002") == {}


def test_the_fiches_of_fetuses_are_listed_apart(desk: Desk) -> None:
    fiche_id = follow(desk, "NESSI", "Ruth")
    assert first_page(desk.session, Asked(filters={"type": "foetus"})).rows == ()
    assert [row.id for row in first_page(desk.session, Asked(filters={"type": "patient"})).rows] == [fiche_id]


@pytest.mark.parametrize(
    ("kind", "extension", "root", "found"),
    [
        ("ins", "277076322082910", None, True),
        ("ins", "2770763220829", None, True),
        ("ins", "2770763220828", None, False),
        ("ipp", "0042a", None, True),
        ("ipp", "0042A", "1.2.3.4", True),
        ("ipp", "0042A", "9.9.9", False),
        ("fetus_id", "0042A", None, False),
    ],
)
def test_a_fiche_is_found_by_what_it_is_known_by(
    desk: Desk, kind: str, extension: str, root: str | None, found: bool
) -> None:
    fiche_id = desk.save(RUTH | {"ins": "277076322082910", "ipp": "0042A"}).fiche_id
    assert list(find.by_identifier(desk.session, kind, extension, root)) == ([fiche_id] if found else [])


def test_candidates_come_by_identifier_or_by_traits_with_all_they_are_known_by(desk: Desk) -> None:
    known = desk.save({"ipp": "0042", "ins": "277076322082910"}).fiche_id
    by_traits = desk.save(RUTH).fiche_id
    desk.save({"ipp": "0043"})
    fiche, stored = desk.read(known), StoredFiches(desk.session)
    idmr = desk.session.execute(find.select(find.fiche.c.idmr).where(find.fiche.c.id == by_traits)).scalar_one()
    found = stored.candidates([fiche.identifiers[0]], idmr)
    assert [candidate.fiche_id for candidate in found] == [known, by_traits]
    assert found[0].identifiers == tuple(fiche.identifiers)
    assert (found[1].identifiers, found[1].idmr) == ((), idmr)
    assert stored.candidates([], None) == []
