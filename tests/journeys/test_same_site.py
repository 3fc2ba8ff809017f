"""One person, several hospitals: the menu changes site, two tabs never mix."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.tenants.hospital import Hospital
from tests.visitors import Visitor, make_person


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
