"""One person, several hospitals: the menu changes site, two tabs never mix."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.tenants.hospital import Hospital
from tests.visitors import Visitor, make_person, run


@pytest.fixture
def hospitals(open_hospital_for_test: Callable[..., Hospital]) -> tuple[Hospital, Hospital]:
    return open_hospital_for_test(name="Hôpital Un"), open_hospital_for_test(name="Hôpital Deux", test_site=True)


@pytest.fixture
def traveller(visitor: Visitor, hospitals: tuple[Hospital, Hospital]) -> Visitor:
    email = f"multi.{hospitals[0].code.lower()}@hopital.example"
    for hospital in hospitals:
        make_person(hospital, email)
    visitor.sign_in(email)
    return visitor


def test_the_hospital_and_the_site_are_always_in_sight(traveller: Visitor) -> None:
    page = traveller.client.get("/aide").text
    assert "Hôpital Un" in page
    assert "Site S001" in page


def test_the_menu_changes_hospital_without_signing_out(
    traveller: Visitor, hospitals: tuple[Hospital, Hospital]
) -> None:
    traveller.post("/site", page="/aide", place=f"{hospitals[1].code}:S001")
    page = traveller.client.get("/").text
    assert '<b>Hôpital Deux</b> <span class="place-site">Site S001</span>' in page


def test_a_test_site_wears_its_band(traveller: Visitor, hospitals: tuple[Hospital, Hospital]) -> None:
    assert "SITE DE TEST" not in traveller.client.get("/").text
    traveller.post("/site", page="/aide", place=f"{hospitals[1].code}:S001")
    assert "SITE DE TEST" in traveller.client.get("/").text


def test_a_site_of_somebody_else_cannot_be_chosen(
    traveller: Visitor, open_hospital_for_test: Callable[..., Hospital]
) -> None:
    foreign = open_hospital_for_test()
    assert traveller.post("/site", page="/aide", place=f"{foreign.code}:S001").status_code == 404


def test_a_form_made_for_another_site_writes_nothing_and_says_so(
    traveller: Visitor, hospitals: tuple[Hospital, Hospital]
) -> None:
    """The first tab was opened in the first hospital; the second tab changed to the second."""
    traveller.post("/site", page="/aide", place=f"{hospitals[1].code}:S001")
    fiche = "/fiches/01900000-0000-7000-8000-000000000000/propositions/1"
    old_tab = traveller.post(fiche, page="/aide", made_for=f"{hospitals[0].code}:S001", reponse="garder")
    new_tab = traveller.post(fiche, page="/aide", made_for=f"{hospitals[1].code}:S001", reponse="garder")
    silent = traveller.post(fiche, page="/aide", reponse="garder")

    assert old_tab.status_code == 409
    assert "Vous avez changé de site" in old_tab.text
    assert new_tab.status_code == 404
    assert silent.status_code == 409


def test_the_refusal_names_both_sites_and_keeps_what_was_typed(
    traveller: Visitor, hospitals: tuple[Hospital, Hospital]
) -> None:
    refused = post_from_an_old_tab(traveller, hospitals, note="Vu & revu « hier »", choix="un")
    page = refused.text
    assert "Hôpital Un" in page
    assert "Hôpital Deux" in page
    assert 'name="note" value="Vu &amp; revu « hier »"' in page
    assert 'name="choix" value="un"' in page


def test_one_click_goes_back_to_the_site_and_sends_the_form_there(
    traveller: Visitor, hospitals: tuple[Hospital, Hospital]
) -> None:
    refused = post_from_an_old_tab(traveller, hospitals, note="Vu hier")
    again = traveller.client.post(
        FICHE, data=dict(re.findall(r'name="(\w+)" value="([^"]*)"', resend_form(refused.text)))
    )
    assert again.status_code == 404  # the view was reached: this fiche does not exist
    assert "<b>Hôpital Un</b>" in traveller.client.get("/aide").text


def test_going_back_asks_for_the_token(traveller: Visitor, hospitals: tuple[Hospital, Hospital]) -> None:
    """C7: a foreign page changes nobody's site."""
    traveller.post("/site", page="/aide", place=f"{hospitals[1].code}:S001")
    forged = traveller.client.post(FICHE, data={"made_for": f"{hospitals[0].code}:S001", "go_back": "1"})
    assert forged.status_code == 400
    assert "<b>Hôpital Deux</b>" in traveller.client.get("/aide").text


def test_nobody_goes_back_to_a_site_that_is_not_theirs(
    traveller: Visitor, open_hospital_for_test: Callable[..., Hospital]
) -> None:
    foreign = open_hospital_for_test(name="Hôpital Trois")
    refused = traveller.post(FICHE, page="/aide", made_for=f"{foreign.code}:S001", go_back="1", note="x")
    assert refused.status_code == 409
    assert "Hôpital Trois" not in refused.text
    assert 'name="go_back"' not in refused.text


@pytest.mark.parametrize("secret", ["password", "new_password"])
def test_a_password_is_never_given_back(traveller: Visitor, hospitals: tuple[Hospital, Hospital], secret: str) -> None:
    assert "Secret-2026!" not in post_from_an_old_tab(traveller, hospitals, **{secret: "Secret-2026!"}).text


def test_a_form_of_another_tab_stays_good_once_back_at_its_site(
    traveller: Visitor, hospitals: tuple[Hospital, Hospital]
) -> None:
    """Two changes of site later, the first tab's own form still writes: nobody loses what they typed."""
    token = traveller.token("/aide")
    for hospital in (hospitals[1], hospitals[0]):
        traveller.post("/site", page="/aide", place=f"{hospital.code}:S001")
    sent = traveller.client.post(FICHE, data={"csrf_token": token, "made_for": f"{hospitals[0].code}:S001"})
    assert sent.status_code == 404


def test_the_next_sign_in_opens_the_site_of_the_last_time(
    app: Flask, traveller: Visitor, hospitals: tuple[Hospital, Hospital]
) -> None:
    traveller.post("/site", page="/aide", place=f"{hospitals[1].code}:S001")
    later = Visitor.arrive(app)
    later.sign_in(f"multi.{hospitals[0].code.lower()}@hopital.example")
    assert "<b>Hôpital Deux</b>" in later.client.get("/aide").text


def test_another_browser_that_changes_site_moves_nobody(
    app: Flask, traveller: Visitor, hospitals: tuple[Hospital, Hospital]
) -> None:
    other = Visitor.arrive(app)
    other.sign_in(f"multi.{hospitals[0].code.lower()}@hopital.example")
    traveller.post("/site", page="/aide", place=f"{hospitals[1].code}:S001")
    assert "<b>Hôpital Un</b>" in other.client.get("/aide").text


def test_a_site_withdrawn_since_the_last_time_gives_way_to_another(
    app: Flask, traveller: Visitor, hospitals: tuple[Hospital, Hospital]
) -> None:
    traveller.post("/site", page="/aide", place=f"{hospitals[1].code}:S001")
    run("delete from control.account_site where hospital_id = :id", id=hospitals[1].id)
    run("delete from control.account_role where hospital_id = :id", id=hospitals[1].id)
    later = Visitor.arrive(app)
    later.sign_in(f"multi.{hospitals[0].code.lower()}@hopital.example")
    assert "<b>Hôpital Un</b>" in later.client.get("/aide").text


FICHE = "/fiches/01900000-0000-7000-8000-000000000000/propositions/1"


def post_from_an_old_tab(traveller: Visitor, hospitals: tuple[Hospital, Hospital], **typed: str) -> Any:
    """The page was made for the first hospital; the person has gone to the second."""
    traveller.post("/site", page="/aide", place=f"{hospitals[1].code}:S001")
    return traveller.post(FICHE, page="/aide", made_for=f"{hospitals[0].code}:S001", **typed)


def resend_form(page: str) -> str:
    return next(form for form in re.findall(r"<form.*?</form>", page, re.S) if 'name="go_back"' in form)
