"""Lists and searches of a site and of a hospital: sorted by name, page after page, by key."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.fiches import find
from app.fiches.find import Listed, Page
from app.fiches.search import search
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


def families(lines: tuple[Listed, ...]) -> list[str]:
    return [line.family_name for line in lines]


def test_the_list_of_a_site_is_sorted_by_name_accents_and_case_aside(five: Desk) -> None:
    assert families(find.of_site(five.session, "S001").lines) == SORTED


def test_it_shows_the_patients_of_that_site_alone(five: Desk) -> None:
    assert families(find.of_site(five.session, "S002").lines) == ["AILLEURS"]


def every_page(turn: Callable[..., Page]) -> list[str]:
    page, read = turn(), []
    while True:
        read += families(page.lines)
        if page.following is None:
            return read
        page = turn(after=page.following)


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 6])
def test_pages_follow_each_other_without_gap_or_repeat(five: Desk, limit: int) -> None:
    assert every_page(lambda **after: find.of_site(five.session, "S001", limit=limit, **after)) == SORTED
    everyone = every_page(lambda **after: find.of_hospital(five.session, limit=limit, **after))
    assert everyone == ["AILLEURS", *SORTED]


def test_homonyms_are_all_listed(desk: Desk) -> None:
    for _ in range(3):
        follow(desk, "DURAND", "Jean")
    assert every_page(lambda **after: find.of_site(desk.session, "S001", limit=1, **after)) == ["DURAND"] * 3


def test_a_patient_renamed_moves_in_the_lists_of_every_site(desk: Desk) -> None:
    fiche_id = follow(desk, "AAA", "Anne")
    follow(desk, "MMM", "Marie")
    desk.save({"care_site_id": "S002"}, "prise_en_charge", fiche_id)
    desk.save({"birth_family_name": "ZZZ"}, fiche=fiche_id)
    assert families(find.of_site(desk.session, "S001").lines) == ["MMM", "ZZZ"]
    assert families(find.of_site(desk.session, "S002").lines) == ["ZZZ"]


def test_the_counters_of_a_site_are_its_lists(desk: Desk) -> None:
    drafted = follow(desk, "DURAND", "Jean")
    follow(desk, "MARTIN", "Jean")
    desk.save({}, fiche=drafted, draft=True)
    assert find.count_by_quality(desk.session, "S001") == {"draft": 1, "incomplete": 1}
    assert [line.id for line in find.of_site(desk.session, "S001", quality="draft").lines] == [drafted]
    assert [line.id for line in find.of_hospital(desk.session, quality="draft").lines] == [drafted]


def test_the_fiches_of_fetuses_are_listed_apart(desk: Desk) -> None:
    fiche_id = follow(desk, "NESSI", "Ruth")
    assert find.of_hospital(desk.session, kind="fetus").lines == ()
    assert [line.id for line in find.of_hospital(desk.session, kind="born").lines] == [fiche_id]


def test_my_last_fiches_are_those_i_saved(desk: Desk) -> None:
    first, second = follow(desk, "A", "A"), follow(desk, "B", "B")
    assert [line.id for line in find.last_edited(desk.session, desk.by.email)] == [second, first]
    assert find.last_edited(desk.session, "personne@hopital.example") == ()


class TestSearch:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("nessi", True),
            ("Nes", True),
            ("nessi ru", True),
            ("RUTH NESSI", True),
            ("Nessi 14/07/1977", True),
            ("1977-07-14", True),
            ("2 77 07 63 220 829 10", True),
            ("2770763220829", True),
            ("0042a", True),
            ("Ruth", False),
            ("nessi 15/07/1977", False),
            ("essi", False),
            ("004", False),
            ("%", False),
            ("", False),
        ],
    )
    def test_by_name_date_or_number_as_people_type_them(self, desk: Desk, text: str, found: bool) -> None:
        fiche_id = follow(desk, "NESSI", "Ruth", ins="277076322082910", ipp="0042A")
        follow(desk, "DURAND", "Ève", birth_date="1980-01-01")
        assert [line.id for line in search(desk.session, text)] == ([fiche_id] if found else [])

    def test_a_compound_name_is_found_however_it_is_cut(self, desk: Desk) -> None:
        fiche_id = follow(desk, "de la Tour", "Jean-Marie")
        for text in ("de la tour", "delatour jean", "Jean-Marie de la Tour", "DE LA TOUR JEAN MARIE"):
            assert [line.id for line in search(desk.session, text)] == [fiche_id], text


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
