"""Filières are known as people write them, and 23 in number."""

from __future__ import annotations

import pytest

from app.structures.filieres import FILIERES, UnknownFiliere, filiere_code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("FAI²R", "FAI2R"),
        ("TÊTECOU", "TETECOU"),
        ("filnemus", "FILNEMUS"),
        ("Fava Multi", "FAVA-MULTI"),
        (" MHémo ", "MHEMO"),
    ],
)
def test_a_filiere_is_known_as_people_write_it(written: str, code: str) -> None:
    assert filiere_code(written) == code


def test_an_unknown_filiere_is_refused_with_the_list() -> None:
    with pytest.raises(UnknownFiliere, match="FILNEMUS"):
        filiere_code("FILTOUT")


def test_there_are_twenty_three_each_labelled_by_its_name() -> None:
    assert len(FILIERES) == 23
    assert [code for code, label in FILIERES.items() if filiere_code(label.split(" – ")[0]) != code] == []
