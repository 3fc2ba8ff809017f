"""A hospital is found by the beginnings of its words, accents and case apart."""

from __future__ import annotations

import pytest

from app.accounts.registration.hospitals import find_hospitals

HOSPITALS = [
    ("H001", "Hôpital Robert-Debré"),
    ("H002", "CHU de Reims – Hôpital Maison-Blanche"),
    ("H003", "Hôpital Necker-Enfants malades"),
    ("H004", "CHRU de Nancy – Hôpital d’enfants"),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("debre", ["H001"]),
        ("ROBERT deb", ["H001"]),
        ("enfants", ["H004", "H003"]),
        ("chu", ["H002"]),
        ("hopital", ["H003", "H001", "H004", "H002"]),
        ("h003", ["H003"]),
        ("eims", []),
        ("debré reims", []),
        ("'; drop table", []),
        ("", ["H004", "H002", "H003", "H001"]),
    ],
)
def test_what_is_typed_finds(typed: str, found: list[str]) -> None:
    assert [code for code, _ in find_hospitals(typed, HOSPITALS)] == found
