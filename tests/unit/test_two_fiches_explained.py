"""What an alert says of two fiches: the reasons that hold, in words that a clinician reads."""

from __future__ import annotations

from typing import Any

from app.fiches.record import BlockRecord, Fiche
from app.identity.alerts.explained import REASONS, explain

HELENE = {
    "birth_family_name": "LEMOINE",
    "birth_first_given_name": "Hélène",
    "birth_date": "1984-07-03",
    "sex": {"system": "2.16.840.1.113883.5.1", "code": "F", "label": "Féminin"},
}
PLACE = {"birth_commune_code": {"system": "1.2.250.1.213.2.12", "code": "69123"}, "birth_commune_label": "LYON"}


def fiche(fiche_id: str, **answers: Any) -> Fiche:
    return Fiche(fiche_id, "born", "web", BlockRecord("patient", fiche_id, "web", HELENE | answers))


def test_two_people_with_nothing_in_common_are_called_neither_twins_nor_namesakes() -> None:
    other = {"birth_family_name": "ROUSSEL", "birth_first_given_name": "Anouk", "birth_date": "2025-08-01"}
    told = explain(fiche("1"), fiche("2", **other))
    assert told.warnings == (REASONS["too_little"],)
    assert "ne suffisent pas" in told.summary


def test_another_given_name_the_same_day_calls_for_prudence() -> None:
    told = explain(fiche("1"), fiche("2", birth_first_given_name="Juliette"))
    assert REASONS["twins"] in told.warnings
    assert "Prudence" in told.summary


def test_a_place_received_as_a_code_is_said_with_its_name() -> None:
    told = explain(fiche("1", **PLACE), fiche("2", **PLACE))
    (place,) = (line for line in told.lines if line.label == "Commune de naissance")
    assert place.values == ("LYON", "LYON")
