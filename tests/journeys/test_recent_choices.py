"""An empty search box offers what the site chose lately: its own choices, in the words of today, nobody’s patient."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app.sdm import oids
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from app.terminology.concepts import Concept, Redirect
from app.terminology.library import LIBRARY
from app.terminology.recent import Chosen, keep
from app.terminology.shelf import Shelf
from app.terminology.systems import SYSTEMS
from tests.journeys.filling import fill, only_fiche
from tests.journeys.test_forms_of_the_fiche import CARE, MARFAN, NEW, RUTH
from tests.visitors import Visitor, make_person

GONE = Concept("900001", "Brouillard", "disorder", active=False, selectable=False, redirects=[Redirect("558", "moved")])


@pytest.fixture
def orphanet() -> Iterator[None]:
    known = Concept("558", "Marfan, syndrome de", "disorder"), Concept("399", "Maladie de Huntington", "disorder"), GONE
    LIBRARY.shelves["orpha"] = Shelf(SYSTEMS["orpha"], known)
    yield
    LIBRARY.forget()


def offered(visitor: Visitor, name: str = "diagnosis") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = visitor.client.get(f"/terminologies/{name}?q=").get_json()
    return found


def chose(hospital: Hospital, *codes: str, system: str = oids.ORPHA_DISEASES) -> None:
    """One save after the other."""
    for code in codes:
        with hospital_session(hospital.code) as session:
            keep(session, "S001", [Chosen("diagnosis", system, code)])


def lines(hospital: Hospital) -> list[Any]:
    with hospital_session(hospital.code) as session:
        return list(session.execute(text("select list, code, last_at from recent_choice order by list, code")))


def test_what_is_saved_is_offered_to_the_site_alone(app: Flask, hospital: Hospital, clinician: Visitor) -> None:
    assert offered(clinician) == []
    fill(clinician, NEW, {**RUTH, **CARE, **MARFAN, "birth_commune_code.saisie": "75056"})
    assert [one["code"] for one in offered(clinician)] == ["558"]
    assert [one["code"] for one in offered(clinician, "communes")] == ["75056"]
    assert offered(clinician, "genes") == []

    make_person(hospital, f"ailleurs.{hospital.code}@hopital.example".lower(), sites=("S002",))
    elsewhere = Visitor.arrive(app)
    elsewhere.enter(f"ailleurs.{hospital.code}@hopital.example".lower())
    assert offered(elsewhere) == []


def test_a_save_that_chooses_no_code_writes_nothing_there(hospital: Hospital, clinician: Visitor) -> None:
    fill(clinician, NEW, {**RUTH, **CARE, **MARFAN})
    before = lines(hospital)
    fiche = only_fiche(hospital)
    path = f"/fiches/{fiche.id}/modifier/diagnostic/{fiche.diagnostics[0].id}"
    assert fill(clinician, path, {"diagnosis_status": "2931005"}).status_code == 302
    assert lines(hospital) == before


def test_a_refused_form_leaves_no_choice(hospital: Hospital, clinician: Visitor) -> None:
    assert fill(clinician, NEW, {**RUTH, **CARE, **MARFAN, "birth_date": "31/02/1977"}).status_code == 422
    assert lines(hospital) == []


@pytest.mark.usefixtures("orphanet")
def test_the_last_chosen_comes_first_in_the_words_of_today(hospital: Hospital, clinician: Visitor) -> None:
    chose(hospital, "558", "399")
    assert [one["label"] for one in offered(clinician)] == ["Maladie de Huntington", "Marfan, syndrome de"]
    chose(hospital, "558")
    assert [one["code"] for one in offered(clinician)] == ["558", "399"]


@pytest.mark.usefixtures("orphanet")
def test_a_code_no_longer_used_leads_to_what_replaces_it_once(hospital: Hospital, clinician: Visitor) -> None:
    chose(hospital, "558", "900001", "1234567")
    (only,) = offered(clinician)
    assert only["code"] == "558"
    assert only["selectable"] is True


def test_no_more_than_ten_are_offered(hospital: Hospital, clinician: Visitor) -> None:
    with hospital_session(hospital.code) as session:
        found = [hit.code for hit in LIBRARY.shelf("orpha").search("syndrome", {"disorder"}, 15)]
        keep(session, "S001", [Chosen("diagnosis", oids.ORPHA_DISEASES, code) for code in found])
    assert len(found) == 15
    assert len(offered(clinician)) == 10
