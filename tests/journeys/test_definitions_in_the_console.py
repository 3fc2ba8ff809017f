"""The national team describes an edition, asks for its impact, publishes it; nobody else may."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import text

from app.clock import now
from app.definitions import published
from app.fiches.impact.reports import Reporter
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital
from tests.journeys.filling import fill
from tests.journeys.test_decisions_in_the_console import arrives
from tests.journeys.test_fiche_screen import page, store
from tests.visitors import Visitor

CONSOLE = "/console/definitions/"
DEMAND = [{"bloc": "errance_state", "changement": "exiger", "item": "errance_contact"}]


@pytest.fixture(autouse=True)
def no_edition_left(database: object) -> Iterator[None]:
    yield
    with shared_session() as session:
        session.execute(text("delete from control.definition_impact"))
        session.execute(text("delete from control.definition_edition"))
    published.forget()


@pytest.fixture
def nation(app: Flask, hospital: Hospital) -> Visitor:
    return arrives(app, hospital, "bndmr", sites=())


def send(nation: Visitor, path: str, **fields: str) -> str:
    answer = nation.post(path, page=CONSOLE, made_for="", **fields)
    followed = nation.client.get(answer.location) if answer.location else answer
    return unescape(followed.text)


def describe(nation: Visitor, changes: object = DEMAND) -> str:
    """The path of the page of the edition."""
    told = send(nation, f"{CONSOLE}decrire/", family="errance", label="Essai", changes=json.dumps(changes))
    return re.findall(rf"{CONSOLE}[0-9a-f-]{{36}}/", told)[0]


def test_an_edition_goes_from_its_description_to_the_forms(
    hospital: Hospital, clinician: Visitor, nation: Visitor
) -> None:
    fiche_id = store(hospital, deceased=False)
    errance = f"/fiches/{fiche_id}/recueils/errance-impasse/errance-state"
    told = {"errance_situation": "errance", "errance_situation_date": "2026", "errance_first_signs": "2020"}
    fill(clinician, errance, {name: said if len(said) > 4 else ["", "", said] for name, said in told.items()})
    path = describe(nation)
    assert "Le rapport d’impact vient d’abord." in page(nation, path)
    assert "Le rapport est demandé" in send(nation, f"{path}rapport/")
    reporter = Reporter()
    reporter.advance()
    while reporter.work is not None:
        reporter.advance()
    report = page(nation, path)
    assert "<b>moins de 10</b> doivent une réponse de plus" in report
    assert "Accord pour être recontacté" in report
    assert "publiée pour tous les hôpitaux" in send(nation, f"{path}publier/", day=now().date().isoformat())
    published.forget()
    assert "1 à revoir" in page(clinician, f"/fiches/{fiche_id}")
    assert "Essai" in page(nation, CONSOLE)


def test_a_description_that_cannot_be_read_comes_back_with_why(nation: Visitor) -> None:
    told = send(nation, f"{CONSOLE}decrire/", family="errance", label="Essai", changes="[{]")
    assert "ne sont pas un JSON lisible" in told
    assert "[{]" in told
    told = send(nation, f"{CONSOLE}decrire/", family="errance", label="É", changes=json.dumps([{"bloc": "x"}]))
    assert "Changement 1" in told


def test_a_day_that_has_passed_is_refused(nation: Visitor) -> None:
    path = describe(nation)
    assert "La date d’application est passée" in send(nation, f"{path}publier/", day="2020-01-01")
    assert "Indiquer le premier jour" in send(nation, f"{path}publier/", day="demain")


@pytest.mark.parametrize("role", ["clinician", "account_manager", "dim"])
def test_it_is_closed_to_the_others(app: Flask, hospital: Hospital, role: str) -> None:
    person = arrives(app, hospital, role)
    assert person.client.get(CONSOLE).status_code == 403
