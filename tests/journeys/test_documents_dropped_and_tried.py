"""A document dropped in the console is received as by any channel; one that is tried leaves nothing but its trace."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from app.cda import inbox
from app.cda.watch.opened import reason
from app.clock import new_id
from app.tenants.hospital import Hospital
from tests.receiving import CANARY, UNKNOWN_SITE, left_behind, patient_document, receiving_hospital, rows, states
from tests.visitors import Visitor, arrives, made_for


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    return receiving_hospital(open_hospital_for_test)


def send_form(chef: Visitor, path: str, page: str, *files: tuple[bytes, str], **fields: str) -> Any:
    html = chef.client.get(page).text
    token = re.findall(r'name="csrf_token" value="([^"]+)"', html)[0]
    given = {"csrf_token": token, "made_for": made_for(html), **fields}
    attached = [(BytesIO(body), name) for body, name in files]
    return chef.client.post(path, data={**given, "fichiers": attached}, content_type="multipart/form-data")


def drop(chef: Visitor, *files: tuple[bytes, str], **fields: str) -> Any:
    return send_form(chef, "/console/depot/fichiers", "/console/depot/", *files, **fields)


def attempt(chef: Visitor, *files: tuple[bytes, str], **fields: str) -> Any:
    return send_form(chef, "/console/essai/", "/console/essai/", *files, **fields)


def test_dropped_files_are_received_then_followed_to_their_end(chef: Visitor, hospital: Hospital) -> None:
    answer = drop(chef, (patient_document(1), "NOM_Prenom.xml"), (b"<x", "b.xml"))
    assert states(hospital) == {"pending": 2}
    assert "0 sur 2" in chef.client.get(answer.location).text
    inbox.drain(hospital.code)
    page = chef.client.get(answer.location).text
    assert "2 sur 2" in page
    assert "E-XML" in page
    assert reason("E-XML") in unescape(page)
    journal = chef.client.get("/console/documents/").text
    assert "fichier 2" in journal
    assert "drop " not in journal
    assert chef.client.get(answer.location, headers={"Accept": "application/json"}).json["finished"] is True
    assert states(hospital) == {"integrated": 1, "rejected": 1}
    kept = rows(hospital, "select channel, transport_id from received_document")
    assert all(one.channel.startswith("account:") and "NOM" not in one.transport_id for one in kept)


def test_a_form_sent_twice_is_one_drop(chef: Visitor, hospital: Hospital) -> None:
    asked_as = new_id()
    first, second = (drop(chef, (patient_document(1), "a.xml"), asked_as=asked_as) for _ in range(2))
    assert first.location == second.location
    assert states(hospital) == {"pending": 1}


def test_nothing_chosen_says_so_and_a_file_too_large_is_not_received(
    chef: Visitor, hospital: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.cda.receive.largest", lambda *, is_mail: 1000)
    assert drop(chef).location == "/console/depot/"
    assert "Aucun fichier" in chef.client.get("/console/depot/").text
    answer = drop(chef, (b"<x>" + b" " * 1000, "grand.xml"))
    assert "dépasse la taille" in chef.client.get(answer.location).text
    assert states(hospital) == {}


def test_anothers_drop_is_not_found(app: Flask, chef: Visitor, open_hospital_for_test: Callable[..., Hospital]) -> None:
    address = drop(chef, (patient_document(1), "a.xml")).location
    other = arrives(app, receiving_hospital(open_hospital_for_test), "si_project")
    assert other.client.get(address).status_code == 404
    assert other.client.get(f"/console/depot/{new_id()}").status_code == 404


def test_a_tried_document_says_what_it_would_change_and_leaves_nothing(chef: Visitor, hospital: Hospital) -> None:
    before = left_behind(hospital)
    page = attempt(chef, (patient_document(1), "a.xml")).text
    assert "Une fiche serait créée." in page
    assert "Nom de naissance" in page
    assert "(règle U1)" in page
    assert CANARY not in page
    assert left_behind(hospital) == before
    (trace,) = rows(hospital, "select actor, detail from audit_event where action = 'document.preview'")
    assert trace.actor.startswith("account:")
    assert trace.detail["revealed"] is False


def test_its_values_are_shown_when_asked_for_and_that_is_traced(chef: Visitor, hospital: Hospital) -> None:
    assert CANARY in attempt(chef, texte=patient_document(1).decode(), reveler="on").text
    (trace,) = rows(hospital, "select detail from audit_event where action = 'document.preview'")
    assert trace.detail["revealed"] is True


def test_the_lines_at_fault_are_shown_masked(chef: Visitor, hospital: Hospital) -> None:
    page = attempt(chef, (patient_document(1).replace(b'"S101"', UNKNOWN_SITE), "a.xml")).text
    assert "E-SITE" in page
    assert 'class="xml-pointed"' in page
    assert CANARY not in page
    assert states(hospital) == {}


def test_trying_nothing_says_so(chef: Visitor) -> None:
    answer = attempt(chef)
    assert answer.status_code == 422
    assert "Choisir un fichier" in answer.text
