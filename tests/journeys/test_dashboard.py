"""The dashboard over HTTP: each role finds its own, and each figure opens the list of the fiches that it counts."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask

from app.accounts.people import ROLES
from app.tenants.bind import bound_hospital, hospital_session
from app.tenants.hospital import Hospital
from tests.saving import RUTH, Desk
from tests.visitors import Visitor, arrives

FIGURE = re.compile(r'<td data-label="Fiches"[^>]*><a href="([^"]+)"[^>]*>([0-9]+)</a>')


def test_each_figure_opens_the_list_that_it_counts(hospital: Hospital, clinician: Visitor) -> None:
    with hospital_session(hospital.code) as session:
        desk = Desk(session, bound_hospital())
        followed = desk.save(RUTH).fiche_id
        desk.save({"care_site_id": "S001"}, "prise_en_charge", followed)
        desk.save(RUTH | {"birth_family_name": "AILLEURS"})
    figures = FIGURE.findall(unescape(clinician.client.get("/tableaux-de-bord").text))
    assert sum(int(number) for _, number in figures) == 2 * (1 + 2), "each place, by state then in all"
    for address, number in figures:
        listed = clinician.client.get(address).text
        assert len(re.findall(r"<b>[^<]+</b> Ruth", listed)) == int(number), address


@pytest.mark.parametrize("role", ROLES)
def test_every_role_finds_its_own(app: Flask, hospital: Hospital, role: str) -> None:
    visitor = arrives(app, hospital, role, filiere="ANDDI-RARES")
    answer = visitor.client.get("/tableaux-de-bord")
    assert (answer.status_code, "Tableau de bord" in answer.text) == (200, True)
    ways = re.findall(r'<a class="button[^"]*" href="([^"]+)"', answer.text)
    assert bool(FIGURE.search(answer.text)) is (role in ("clinician", "foetopathologist", "dim"))
    assert all(visitor.client.get(way, follow_redirects=True).status_code == 200 for way in ways), ways


def test_a_stranger_is_asked_to_sign_in(visitor: Visitor) -> None:
    assert visitor.client.get("/tableaux-de-bord").headers["Location"].startswith("/connexion")
