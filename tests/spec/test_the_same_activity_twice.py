"""Two activities of one day that nothing tells apart: told on the page and after the save; another one is not."""

from __future__ import annotations

from typing import Any

import pytest

from app.fiches.record import BlockRecord
from app.fiches.save import new_fiche
from app.forms.same_activity import twin_of

CONSULTATION, OPINION = "11429006", "ORG-029"


def coded(code: str, label: str = "") -> dict[str, str]:
    return {"system": "1.2.3", "code": code, "label": label}


HELD: dict[str, Any] = {
    "activity_date": "2024-03-12",
    "activity_context": coded(CONSULTATION, "Consultation"),
    "activity_site_id": "S001",
    "activity_performer_name": "MARTIN Camille",
    "activity_objectives": [coded("A"), coded("B")],
}


def without(*names: str) -> dict[str, Any]:
    return {name: answer for name, answer in HELD.items() if name not in names}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (HELD, True),
        (HELD | {"activity_context": coded(CONSULTATION, "Consultation avancée")}, True),
        (HELD | {"activity_performer_name": "Martin  camille"}, True),
        (HELD | {"activity_objectives": [coded("B"), coded("A")]}, True),
        (without("activity_performer_name", "activity_objectives"), True),
        (HELD | {"activity_date": "2024-03-13"}, False),
        (HELD | {"activity_context": coded(OPINION)}, False),
        (HELD | {"activity_performer_name": "DURAND Paul"}, False),
        (HELD | {"activity_site_id": "S002"}, False),
        (HELD | {"activity_objectives": [coded("A")]}, False),
        (without("activity_context"), False),
        (without("activity_date"), False),
        (HELD | {"activity_date": "2024-03"}, False),
    ],
)
def test_an_activity_is_a_twin_when_nothing_tells_it_apart(typed: dict[str, Any], told: bool) -> None:
    fiche, held, new = new_fiche(), activity("held", HELD), activity("new", {})
    fiche.activites.append(held)
    assert twin_of(fiche, new, typed) == (held if told else None)


def test_an_activity_is_not_its_own_twin() -> None:
    fiche, held = new_fiche(), activity("held", HELD)
    fiche.activites.append(held)
    assert twin_of(fiche, held, HELD) is None


def test_two_that_say_only_the_month_are_no_twins() -> None:
    month, fiche = HELD | {"activity_date": "2024-03"}, new_fiche()
    fiche.activites.append(activity("held", month))
    assert twin_of(fiche, activity("new", {}), month) is None


def activity(key: str, answers: dict[str, Any]) -> BlockRecord:
    return BlockRecord("activite", key, "web", answers=dict(answers))
