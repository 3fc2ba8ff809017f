"""The age that a list shows: whole years, months before two."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from app.fiches.lists import columns


class Ides(date):
    @classmethod
    def today(cls) -> Ides:
        return cls(2026, 3, 15)


@pytest.mark.parametrize(
    ("born", "shown"),
    [
        ("1996-03-15", "30 ans"),
        ("1996-03-16", "29 ans"),
        ("2024-03-15", "2 ans"),
        ("2024-03-16", "23 mois"),
        ("2026-03-15", "0 mois"),
        ("1996-03", ""),
        (None, ""),
    ],
)
def test_a_year_is_told_on_the_birthday(born: str | None, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "date", Ides)
    assert columns.BY_NAME["age"].read(SimpleNamespace(birth_date=born)) == shown
