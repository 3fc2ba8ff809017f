"""A form sent twice, by two clicks or by a page sent again, makes one block; other answers are never lost."""

from __future__ import annotations

from html import unescape
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import text

from app.forms.answer import TWINS
from app.forms.contradictions import ALREADY_THERE
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.journeys.filling import fiche_of, fill, follow, only_fiche, send, shown
from tests.journeys.test_forms_of_the_fiche import CARE, NEW, RUTH
from tests.visitors import Visitor

ACTIVITY = {"activity_context": "11429006", "activity_date": ["12", "03", "2024"]}
FETUS = {"mother_birth_family_name": "ZOLA", "mother_birth_first_given_name": "Jeanne", "sex": "F"}
TWICE = "envoyé deux fois"


@pytest.fixture
def fiche_id(hospital: Hospital, clinician: Visitor) -> str:
    fill(clinician, NEW, {**RUTH, **CARE})
    return only_fiche(hospital).id


def test_a_block_is_added_once(hospital: Hospital, clinician: Visitor, fiche_id: str) -> None:
    path = f"/fiches/{fiche_id}/ajouter/activite"
    page = shown(clinician, path)
    follow(clinician, send(clinician, path, page, ACTIVITY))
    assert TWICE in follow(clinician, send(clinician, path, page, ACTIVITY))
    assert len(fiche_of(hospital, fiche_id).activites) == 1


def test_other_answers_are_shown_again_then_added_when_asked(
    hospital: Hospital, clinician: Visitor, fiche_id: str
) -> None:
    path = f"/fiches/{fiche_id}/ajouter/activite"
    page = shown(clinician, path)
    follow(clinician, send(clinician, path, page, ACTIVITY))
    again = send(clinician, path, page, ACTIVITY | {"activity_date": ["13", "03", "2024"]})
    assert again.status_code == 422
    assert "a déjà été enregistré, avec d’autres réponses" in unescape(again.text)
    assert 'value="13"' in again.text
    fresh = shown(clinician, path)["reprise"]
    follow(clinician, send(clinician, path, page | {"reprise": fresh}, ACTIVITY | {"activity_date": "13/03/2024"}))
    assert len(fiche_of(hospital, fiche_id).activites) == 2


def test_two_forms_opened_add_two_blocks_and_the_second_is_told(
    hospital: Hospital, clinician: Visitor, fiche_id: str
) -> None:
    path = f"/fiches/{fiche_id}/ajouter/activite"
    first, second = shown(clinician, path), shown(clinician, path)
    assert "deux activités semblables" not in follow(clinician, send(clinician, path, first, ACTIVITY))
    told = send(clinician, path, second, ACTIVITY, que="verifier").json
    assert told["activity_date"] == [ALREADY_THERE]
    assert TWINS.partition("{}")[0] in follow(clinician, send(clinician, path, second, ACTIVITY))
    assert len(fiche_of(hospital, fiche_id).activites) == 2


def test_a_change_that_leaves_two_alike_says_nothing_again(
    hospital: Hospital, clinician: Visitor, fiche_id: str
) -> None:
    add = f"/fiches/{fiche_id}/ajouter/activite"
    for _ in range(2):
        fill(clinician, add, ACTIVITY)
    path = f"/fiches/{fiche_id}/modifier/activite/{fiche_of(hospital, fiche_id).activites[0].id}"
    assert "semblables" not in follow(clinician, fill(clinician, path, {"activity_place_finess": "750000018"}))


@pytest.mark.parametrize(("path", "typed"), [(NEW, {**RUTH, **CARE}), (f"{NEW}?type=foetus", FETUS)])
def test_a_fiche_is_opened_once(hospital: Hospital, clinician: Visitor, path: str, typed: dict[str, Any]) -> None:
    page = shown(clinician, path)
    follow(clinician, send(clinician, path, page, typed))
    before = count(hospital)
    assert TWICE in follow(clinician, send(clinician, path, page, typed))
    assert count(hospital) == before


def test_two_clicks_at_the_same_moment_open_one_fiche(hospital: Hospital, clinician: Visitor) -> None:
    page = shown(clinician, NEW)
    answers: list[int] = []
    cookie = clinician.cookie

    def click() -> None:
        other = Visitor.arrive(clinician.app)
        other.client.set_cookie("bamara", cookie)
        answers.append(send(other, NEW, page, {**RUTH, **CARE}).status_code)

    clicks = [Thread(target=click) for _ in range(4)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert answers == [302] * 4
    assert count(hospital) == 1


def test_a_ticket_of_another_form_creates_something_else(hospital: Hospital, clinician: Visitor, fiche_id: str) -> None:
    """Nobody chooses the id of what they create."""
    ticket = shown(clinician, NEW)["reprise"]
    path = f"/fiches/{fiche_id}/ajouter/activite"
    for _ in range(2):
        follow(clinician, send(clinician, path, shown(clinician, path) | {"reprise": ticket}, ACTIVITY))
    assert len(fiche_of(hospital, fiche_id).activites) == 2


def count(hospital: Hospital) -> int:
    with hospital_session(hospital.code) as session:
        return session.execute(text("select count(*) from fiche")).scalar_one()
