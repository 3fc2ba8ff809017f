"""The age that a list and the head of a fiche show: whole years, months before two, never past a death."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from app.fiches.ages import age
from app.fiches.lists.columns import COLUMNS
from app.fiches.record import BlockRecord, Fiche
from app.fiches.shown.titles import head_of

IDES = date(2026, 3, 15)
FEMALE = {"system": "1.2.250.1.213.1.1.4.327", "code": "F", "label": "Féminin"}


@pytest.mark.parametrize(
    ("born", "shown"),
    [
        ("1996-03-15", "30 ans"),
        ("1996-03-16", "29 ans"),
        ("2024-03-15", "2 ans"),
        ("2024-03-16", "23 mois"),
        ("2026-03-15", "0 mois"),
        ("2026-03-20", "0 mois"),
        ("1996-03", "30 ans env."),
        ("2025", "1 an env."),
        ("2026-01", "moins d’un an env."),
        ("", ""),
    ],
)
def test_a_year_is_told_on_the_birthday(born: str, shown: str) -> None:
    assert age(born, IDES.isoformat()) == shown


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({"birth_date": "1977-07-14"}, "née le 14/07/1977 (48 ans)"),
        ({"birth_date": "1977"}, "née en 1977 (49 ans env.)"),
        ({}, "date de naissance inconnue"),
        (
            {"birth_date": "1977-07-14", "death_date": "1999-07-13"},
            "née le 14/07/1977 (21 ans) · décédée le 13/07/1999",
        ),
        ({"birth_date": "1977-07-14", "death_date": "2020"}, "née le 14/07/1977 (43 ans env.) · décédée en 2020"),
        ({"birth_date": "1977-07-14", "deceased": True}, "née le 14/07/1977 · décédée"),
        ({"deceased": True}, "date de naissance inconnue · décédée"),
    ],
)
def test_the_head_of_a_fiche_tells_a_death_even_without_its_date(answers: dict[str, Any], shown: str) -> None:
    fiche = Fiche("f", "born", "web", BlockRecord("patient", "f", "web", answers={"sex": FEMALE, **answers}))
    assert head_of(fiche, IDES).detail == shown


@pytest.mark.parametrize(("death", "shown"), [("2000-03-15", "4 ans"), ("", ""), ("2000", "4 ans env.")])
def test_in_a_list_a_dead_person_grows_no_older(death: str, shown: str) -> None:
    (read,) = (column.read for column in COLUMNS if column.name == "age")
    assert read(SimpleNamespace(birth_date="1996-03-15", age=death)) == shown
