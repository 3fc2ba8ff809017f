"""« Rechercher un patient »: as people type, the best first, one slip forgiven."""

from __future__ import annotations

import pytest

from app.fiches.search.asked import MOST_PIECES, Asked, read_asked
from app.fiches.search.find import SLIPPED, matches, search
from app.fiches.search.words import is_near, slips, words_of
from tests.saving import RUTH, Desk


def born(desk: Desk, family: str, given: str, **more: object) -> str:
    return desk.save(RUTH | {"birth_family_name": family, "birth_first_given_name": given} | more).fiche_id


def found(desk: Desk, text: str) -> list[str]:
    return [line.id for line in search(desk.session, text)]


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("nessi", True),
        ("Nes", True),
        ("nessi ru", True),
        ("RUTH NESSI", True),
        ("ruth", True),
        ("Nessi 14/07/1977", True),
        ("1977-07-14", True),
        ("14 juillet 1977", True),
        ("14071977", True),
        ("nessi 1977", True),
        ("nessi 07/1977", True),
        ("2 77 07 63 220 829 10", True),
        ("2770763220829", True),
        ("0042a", True),
        ("nessi 0042a", True),
        ("nesi", True),
        ("nessy", True),
        ("nnessi", True),
        ("enssi", True),
        ("ruht nessi", True),
        ("nessiruth", True),
        ("decourcy", True),
        ("marie nessi", True),
        ("nessi 15/07/1977", False),
        ("nessi 0043a", False),
        ("nxsxi", False),
        ("004", False),
        ("%", False),
        ("", False),
    ],
)
def test_by_name_date_or_number_as_people_type_them(desk: Desk, text: str, answers: bool) -> None:
    more = {"ins": "277076322082910", "ipp": "0042A", "used_family_name": "Decourcy", "birth_given_names": "Ruth Marie"}
    fiche_id = born(desk, "NESSI", "Ruth", **more)
    born(desk, "DURAND", "Ève", birth_date="1980-01-01")
    assert found(desk, text) == ([fiche_id] if answers else [])


def test_by_idmr_and_by_the_id_of_the_fiche(desk: Desk) -> None:
    fiche_id = born(desk, "NESSI", "Ruth")
    idmr = desk.session.connection().exec_driver_sql("select idmr from fiche").scalar_one()
    assert found(desk, idmr) == found(desk, fiche_id) == found(desk, fiche_id.upper()) == [fiche_id]
    assert [match.why for match in matches(desk.session, idmr)] == ["IdMR"]


@pytest.mark.parametrize(
    ("family", "given", "texts"),
    [
        (
            "de la Tour",
            "Jean-Marie",
            (
                "de la tour",
                "delatour jean",
                "Jean-Marie de la Tour",
                "DE LA TOUR JEAN MARIE",
                "latour jeanmarie",
                "tour",
            ),
        ),
        ("D’Été", "Lœtitia", ("dete", "d'ete loetitia", "ete", "lœtitia d été", "dété")),
        ("DELATOUR", "Anne", ("de la tour anne", "de latour", "delatuor anne")),
        ("Saint-Exupéry", "Antoine", ("saint exupery", "saintexupery", "exupéry antoine", "st-exupery antoine"[3:])),
        ("N’Diaye", "Fatou", ("ndiaye fatou", "n diaye", "diaye fatou")),
    ],
)
def test_a_compound_name_is_found_however_it_is_cut(
    desk: Desk, family: str, given: str, texts: tuple[str, ...]
) -> None:
    fiche_id = born(desk, family, given)
    assert [text for text in texts if found(desk, text) != [fiche_id]] == []


def test_a_slip_in_each_word_is_forgiven_when_nothing_else_answers(desk: Desk) -> None:
    far = born(desk, "MARTIN", "Paul")
    assert found(desk, "marton paol") == [far]
    near = born(desk, "MARTON", "Paul")
    assert found(desk, "marton paol") == [near]


def test_a_letter_left_out_of_three_is_forgiven_beside_another_name_alone(desk: Desk) -> None:
    short = born(desk, "LEBLANC", "Noé")
    born(desk, "LEBLANC", "Ève")
    assert found(desk, "leblanc oé") == found(desk, "né leblanc") == [short]
    assert found(desk, "oé") == []


def test_the_name_as_typed_comes_before_those_that_are_near_and_says_so(desk: Desk) -> None:
    near, exact = born(desk, "DURANT", "Ève"), born(desk, "DURAND", "Ève")
    assert [(match.line.id, match.why) for match in matches(desk.session, "durand")] == [(exact, ""), (near, SLIPPED)]


def test_of_many_namesakes_none_hides_the_name_that_was_meant(desk: Desk) -> None:
    martins = [born(desk, "MARTIN", "Léa") for _ in range(3)]
    marty = born(desk, "MARTY", "Léa")
    martins.sort()
    assert found(desk, "martn lea") == [martins[0], marty, *martins[1:]]


def test_a_birth_name_comes_before_a_given_name(desk: Desk) -> None:
    given, family = born(desk, "ABEL", "Martin"), born(desk, "MARTIN", "Zoé")
    assert found(desk, "martin") == [family, given]


def test_who_is_called_so_comes_before_whoever_bears_it_as_a_second_name(desk: Desk) -> None:
    second = born(desk, "MICHEL", "Alain", birth_given_names="Alain Julien")
    first = born(desk, "MICHEL", "Julien")
    assert found(desk, "michel julien") == found(desk, "mixhel julien") == [first, second]


def test_a_patient_renamed_is_found_by_the_new_name_alone(desk: Desk) -> None:
    fiche_id = born(desk, "AAARON", "Anne")
    desk.save({"birth_family_name": "ZIDANE"}, fiche=fiche_id)
    assert found(desk, "zidane") == [fiche_id]
    assert found(desk, "aaaron") == []


def test_a_fetus_is_found_by_its_mother() -> None:
    mother = {"mother_birth_family_name": "NESSI", "mother_birth_first_given_name": "Ruth"}
    assert words_of(mother, "fetus") == ["NESSI", "RUTH"]
    assert words_of(mother, "born") == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Martin 14/07/1977", Asked("martin14/07/1977", ("1977-07-14",), (), ("MARTIN",))),
        ("12 avril 1985 d’Été", Asked("12avril1985d’été", ("1985-04-12",), (), ("D", "ETE"))),
        ("31/02/1977", Asked("31/02/1977", (), ("31/02/1977",), ())),
        ("0042A", Asked("0042a", (), ("0042a",), ())),
        ("Ruth", Asked("", (), (), ("RUTH",))),
        ("", Asked()),
    ],
)
def test_what_is_typed_is_read(text: str, asked: Asked) -> None:
    assert read_asked(text) == asked


def test_what_is_typed_without_end_is_read_at_its_beginning() -> None:
    assert read_asked("nessi " * 50).names == ("NESSI",) * MOST_PIECES


@pytest.mark.parametrize(
    ("word", "other", "near"),
    [
        ("MARTIN", "MARTIN", True),
        ("MARTIN", "MARTN", True),
        ("MARTIN", "MARTINE", True),
        ("MARTIN", "AMARTIN", True),
        ("MARTIN", "MARXIN", True),
        ("MARTIN", "MATRIN", True),
        ("MARTIN", "MARTNI", True),
        ("MARTIN", "MATRIX", False),
        ("MARTIN", "MTRAIN", False),
        ("MARTIN", "MARTINES", False),
        ("AB", "BA", True),
        ("", "A", True),
    ],
)
def test_one_slip_is_near_and_two_are_not(word: str, other: str, near: bool) -> None:
    assert is_near(word, other) is is_near(other, word) is near
    assert not near or slips(word) & slips(other)
