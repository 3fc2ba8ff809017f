"""The national team describes an edition, asks for its impact, publishes it; nobody else may."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from flask import Flask

from app.clock import now
from app.definitions import published
from app.definitions.editions import Described, step_of
from app.fiches.impact.reports import weigh_everywhere
from app.recueils.definition import RECUEILS
from app.structures.twin import open_twin
from app.tenants.hospital import Hospital
from tests.editions import DEMAND, make_reports
from tests.journeys.filling import fill
from tests.journeys.test_fiche_screen import page, store
from tests.visitors import Visitor, arrives

CONSOLE = "/console/definitions/"


pytestmark = pytest.mark.usefixtures("no_edition_left")


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
    make_reports()
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


@pytest.mark.parametrize("changes", ["[" * 100_000, '[{"bloc": "\\u0000"}]', '[{"bloc": "a\0"}]', "{", "1e999999", ""])
def test_a_description_made_to_hurt_is_refused(nation: Visitor, changes: str) -> None:
    answer = nation.post(f"{CONSOLE}decrire/", page=CONSOLE, made_for="", family="errance", label="x", changes=changes)
    assert answer.status_code == 422
    assert "Rien n’est enregistré" in unescape(answer.text)


@pytest.mark.parametrize("depth", [600, 900, 20_000])
def test_conditions_within_conditions_are_refused(nation: Visitor, depth: int) -> None:
    deep = '{"non":' * depth + '"ne"' + "}" * depth
    changes = f'[{{"bloc": "errance_state", "changement": "exiger", "item": "errance_contact", "quand": {deep}}}]'
    answer = nation.post(f"{CONSOLE}decrire/", page=CONSOLE, made_for="", family="errance", label="x", changes=changes)
    assert answer.status_code == 422


def test_invented_patients_are_not_counted(hospital: Hospital) -> None:
    twin = open_twin(hospital, by="system")
    store(twin)
    step = step_of(RECUEILS, Described("errance", 2, "Essai", DEMAND))
    weighed = {code for code, _fiches in weigh_everywhere(step, actor="system")}
    assert hospital.code in weighed
    assert twin.code not in weighed
