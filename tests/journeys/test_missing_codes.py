"""« Code absent » from end to end: asked without a patient, followed by the filière alone, answered and told."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask

from app.fiches.store import StoredFiches
from app.structures.sites import add_site
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.full_fiche import STAMP, full_fiche
from tests.visitors import Visitor, arrives, run

PAGE, CONSOLE = "/codes-absents", "/console/codes-absents/"


@pytest.fixture
def asker(app: Flask, hospital: Hospital) -> Visitor:
    add_site(hospital.code, "S001", "Génétique", "ccmr", "ANDDI-RARES")
    return arrives(app, hospital)


def ask(visitor: Visitor, label: str, **more: str) -> Any:
    return send(visitor, PAGE, liste="diagnosis", libelle=label, **more)


def reply(visitor: Visitor, label: str, **given: str) -> Any:
    return send(visitor, f"{CONSOLE}repondre", page=CONSOLE, id=request_id(label), **given)


def send(visitor: Visitor, path: str, page: str = PAGE, **given: str) -> Any:
    """From the page, with what its form says of its site."""
    made_for = re.search(r'name="made_for" value="([^"]*)"', visitor.client.get(page).text)
    return visitor.post(path, page=page, made_for=made_for[1] if made_for else "", **given)


def read(visitor: Visitor, path: str) -> str:
    return unescape(visitor.client.get(path, follow_redirects=True).text)


def request_id(label: str) -> str:
    rows = run("select id from control.missing_code_request where proposed_label = :label", label=label)
    return str(rows[0].id) if rows else ""


def letters_to(email: str) -> list[Any]:
    asked = "select subject, text_body, html_body from control.outgoing_mail"
    return run(f"{asked} where recipient = :email and purpose = 'missing_code'", email=email)


def test_a_request_is_answered_with_a_code_and_its_asker_is_told(
    app: Flask, hospital: Hospital, asker: Visitor
) -> None:
    label = f"Syndrome du phare {hospital.code}"
    assert ask(asker, label, commentaire="Gène PHAR1.").status_code == 302
    assert "en attente" in read(asker, PAGE)
    assert "code absent" not in read(asker, "/")

    referent = arrives(app, hospital, "filiere_referent", sites=(), filiere="ANDDI-RARES")
    assert label in read(referent, CONSOLE)
    unknown = reply(referent, label, code_propose="ORPHA:9999999")
    assert unknown.status_code == 302
    assert "Ce code n’existe pas" in read(referent, CONSOLE)
    reply(referent, label, code_propose="ORPHA:558", commentaire="Marfan.")

    told = read(asker, PAGE)
    assert "code trouvé" in told
    assert "558" in told
    assert "La filière a répondu" in read(asker, "/")
    (letter,) = letters_to(f"clinician.{hospital.code.lower()}@hopital.example")
    assert letter.subject == "BaMaRa - Votre demande de code"
    assert "/codes-absents" in letter.text_body
    assert not [word for word in (label, "PHAR1", "558", "Marfan") if word in letter.text_body + letter.html_body]
    assert label not in read(referent, CONSOLE)
    assert label in read(referent, f"{CONSOLE}?etat=repondues")


def test_a_request_is_refused_with_a_reason_only(app: Flask, hospital: Hospital, asker: Visitor) -> None:
    label = f"Maladie sans nom {hospital.code}"
    ask(asker, label)
    referent = arrives(app, hospital, "filiere_referent", sites=(), filiere="ANDDI-RARES")
    reply(referent, label, code_propose="")
    assert "dire pourquoi" in read(referent, CONSOLE)
    reply(referent, label, commentaire="C’est un synonyme de Marfan.")
    assert "synonyme de Marfan" in read(asker, PAGE)
    assert "refusée" in read(asker, PAGE)


def test_the_referent_of_another_filiere_neither_sees_nor_answers(
    app: Flask, hospital: Hospital, asker: Visitor
) -> None:
    label = f"Maladie gardée {hospital.code}"
    ask(asker, label)
    other = arrives(app, hospital, "filiere_referent", "autre", sites=(), filiere="FIMARAD")
    assert label not in read(other, CONSOLE)
    assert label not in read(other, f"{CONSOLE}?search=gard")
    answer = reply(other, label, commentaire="Non, vraiment.")
    assert answer.status_code == 404
    assert "en attente" in read(asker, PAGE)


def test_the_national_team_sees_all_and_a_clinician_no_console(app: Flask, hospital: Hospital, asker: Visitor) -> None:
    label = f"Maladie vue de tous {hospital.code}"
    ask(asker, label)
    assert label in read(arrives(app, hospital, "bndmr", sites=()), f"{CONSOLE}?search={hospital.code.lower()}")
    assert asker.client.get(CONSOLE).status_code == 403


@pytest.mark.parametrize(
    "words", ["texte birth_family_name a ce syndrome", "vu avec IPP-0123456789", "né le 12/04/1985", "chez Mme Nessi"]
)
def test_words_that_name_the_patient_are_refused_and_nothing_is_kept(
    hospital: Hospital, asker: Visitor, words: str
) -> None:
    fiche = full_fiche()
    with hospital_session(hospital.code) as session:
        StoredFiches(session).keep(fiche, STAMP)
    page = asker.client.get(PAGE, headers={"Referer": f"http://localhost/fiches/{fiche.id}/modifier/patient"}).text
    assert f'name="fiche" value="{fiche.id}"' in page
    label = f"Syndrome {hospital.code}"
    refused = ask(asker, label, commentaire=words, fiche=fiche.id)
    assert refused.status_code == 422
    assert words in unescape(refused.text)
    assert request_id(label) == ""


def test_the_field_of_a_form_leads_there(asker: Visitor) -> None:
    assert 'href="/codes-absents?liste=diagnosis"' in asker.client.get("/fiches/nouvelle").text
