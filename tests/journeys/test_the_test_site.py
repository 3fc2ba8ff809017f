"""The hospital's test twin over HTTP: one click opens it; it is marked, filled, entered, emptied, and never counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.cda import ingest
from app.cda.channels.tokens import find_channel
from app.clock import new_id
from app.structures.twin import NotATwin, empty, open_twin, twin_of
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital
from app.works import jobs
from tests.receiving import number_of, patient_document, receiving_hospital, rows, send, states
from tests.visitors import Visitor, arrives, made_for, run

HOME = "/console/recette/"


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    return receiving_hospital(open_hospital_for_test, test_site=False)


def act(chef: Visitor, gesture: str, **fields: str) -> Any:
    page = chef.client.get(HOME).text
    return chef.post(f"{HOME}{gesture}", page=HOME, made_for=made_for(page), **fields)


def opened(chef: Visitor, hospital: Hospital) -> Hospital:
    act(chef, "ouvrir")
    twin = twin_of(hospital)
    assert twin is not None
    return twin


def fill_up(twin: Hospital) -> None:
    (work,) = rows(twin, "select id::text from long_work where finished_at is null")
    jobs.go_on(twin.code, work.id)


def test_one_click_opens_the_twin_with_its_token_and_its_patients(chef: Visitor, hospital: Hospital) -> None:
    answer = act(chef, "ouvrir").text
    twin = twin_of(hospital)
    assert twin is not None
    assert (twin.code, twin.test_site, twin.sites, twin.finess) == (
        f"{hospital.code}R",
        True,
        find_hospital(hospital.code).sites,
        hospital.finess,
    )
    kinds = run("select kind from control.site where hospital_id = :id", id=twin.id)
    assert {row.kind for row in kinds} == {"crmr_coo", "ccmr"}
    channel = find_channel(re.findall(r'data-copy="([\w-]{40,})"', answer)[0])
    assert channel is not None
    assert channel.hospital_code == twin.code
    assert "0 sur 40" in chef.client.get(HOME).text
    fill_up(twin)
    assert number_of(twin, "fiche") >= 40
    assert number_of(hospital, "fiche") == 0
    assert chef.client.get(HOME, headers={"Accept": "application/json"}).json["finished"] is True


def test_the_twin_is_entered_by_the_menu_and_marked_on_every_page(chef: Visitor, hospital: Hospital) -> None:
    twin = opened(chef, hospital)
    fill_up(twin)
    page = chef.client.get(HOME).text
    assert "SITE DE TEST" not in page
    chef.post("/site", page=HOME, made_for=made_for(page), place=re.findall(rf'value="({twin.code}:[^"]+)"', page)[0])
    for path in ("/", "/fiches", "/console/documents/", HOME):
        assert "SITE DE TEST" in chef.client.get(path).text, path


def test_a_second_click_opens_nothing_more(chef: Visitor, hospital: Hospital) -> None:
    twin = opened(chef, hospital)
    assert act(chef, "ouvrir").location == HOME
    assert open_twin(hospital, by="system").code == twin.code
    assert run("select count(*) as n from control.hospital where twin_of = :id", id=hospital.id)[0].n == 1


def test_a_filling_cut_short_adds_no_more_than_was_asked(chef: Visitor, hospital: Hospital) -> None:
    twin = opened(chef, hospital)
    fill_up(twin)
    before = number_of(twin, "fiche")
    rows(twin, "update long_work set done = 0, finished_at = null returning 1")
    fill_up(twin)
    assert number_of(twin, "fiche") == before


def test_it_is_emptied_when_its_code_is_written_and_only_it(chef: Visitor, hospital: Hospital) -> None:
    twin = opened(chef, hospital)
    fill_up(twin)
    document = send(twin, patient_document(1))
    ingest.settle_all(twin, [document.document_id])
    act(chef, "vider", confirmation=hospital.code)
    assert number_of(twin, "fiche") > 0
    act(chef, "vider", confirmation=twin.code.lower())
    assert number_of(twin, "fiche") == 0
    assert states(twin) == {}
    assert rows(twin, "select 1 from audit_event where action = 'test_site:empty'")
    act(chef, "remplir", patients="5", asked_as=new_id())
    fill_up(twin)
    assert number_of(twin, "fiche") >= 5


def test_a_real_hospital_is_never_emptied_and_a_twin_has_no_twin(chef: Visitor, hospital: Hospital) -> None:
    twin = opened(chef, hospital)
    with pytest.raises(NotATwin):
        empty(hospital, by="system")
    with pytest.raises(NotATwin):
        open_twin(twin, by="system")


def test_a_colleague_is_let_in_and_a_stranger_is_not(
    app: Flask, chef: Visitor, hospital: Hospital, open_hospital_for_test: Callable[..., Hospital]
) -> None:
    twin = opened(chef, hospital)
    colleague = arrives(app, hospital, "clinician")
    other = receiving_hospital(open_hospital_for_test)
    arrives(app, other, "clinician")
    act(chef, "inviter", email=f"clinician.{hospital.code.lower()}@hopital.example")
    act(chef, "inviter", email=f"clinician.{other.code.lower()}@hopital.example")
    assert f'value="{twin.code}:' in colleague.client.get("/").text
    there = run("select count(distinct account_id) as n from control.account_site where hospital_id = :id", id=twin.id)
    assert there[0].n == 2


def test_the_twin_counts_nowhere_and_is_offered_to_no_newcomer(app: Flask, chef: Visitor, hospital: Hospital) -> None:
    twin = opened(chef, hospital)
    assert twin.code not in arrives(app, hospital, "bndmr", sites=()).client.get("/console/documents/").text
    assert twin.code not in Visitor.arrive(app).client.get("/inscription").text


def test_a_test_identity_is_refused_by_the_hospital_and_taken_by_its_twin(chef: Visitor, hospital: Hospital) -> None:
    """I7."""
    twin = opened(chef, hospital)
    for place, code in ((hospital, "E-IDENTITY"), (twin, None)):
        sent = send(place, patient_document(1)).document_id
        assert ingest.settle_all(place, [sent])[sent][0]["code"] == code
