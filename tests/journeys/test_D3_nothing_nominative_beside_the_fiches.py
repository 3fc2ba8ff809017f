"""D3: after a day on which everything went wrong, no patient is named in the log, in Redis, in a letter, in what
hospitals share, in the audit, in a report, nor in an acknowledgement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.cda import inbox, jobs, settle
from app.cda.channels.tokens import add_http_channel
from app.config import Settings
from app.fiches import views
from app.tenants.hospital import Hospital
from tests.aviaries import STEM, Aviary, aviary
from tests.canaries import everywhere_else, found_in, written_log
from tests.receiving import patient_document, states
from tests.visitors import Visitor, make_person

NAME = f"{STEM} GRIS"


@pytest.fixture(scope="module")
def app_as_served(database: Settings) -> Flask:
    """Not in test mode: an accident becomes the page that people would see."""
    return create_app(replace(database, mode="demo"))


@pytest.fixture
def gray(open_hospital_for_test: Callable[..., Hospital]) -> Aviary:
    return aviary(open_hospital_for_test, "GRIS", 1913)


def refused_documents() -> dict[str, bytes]:
    """Each names the patient where it goes wrong."""
    good = patient_document(31, birth_family_name=NAME)
    return {
        "cut in the middle of the name": good[: good.index(NAME.encode()) + len(NAME.encode())],
        "an entity in the name": good.replace(NAME.encode(), b"&" + NAME.replace(" ", "").encode() + b";"),
        "a DOCTYPE that names": f'<!DOCTYPE x [<!ENTITY e "{NAME}">]><x>&e;</x>'.encode(),
        "bytes of another encoding": good.replace(NAME.encode(), NAME.encode("latin-1")),
        "no birth date": good.replace(b"<birthTime", b"<noBirthTime").replace(b"</birthTime", b"</noBirthTime"),
        "another hospital": good.replace(b"custodian", b"nobody"),
        "not a document": f"<patient>{NAME}</patient>".encode(),
        "an archive": b"PK\x03\x04" + NAME.encode(),
    }


def crash_on_the_name(document: Any, *_: object) -> None:
    raise ValueError(f"{document.patient['birth_family_name']} {document.patient['birth_date']}")


def test_documents_that_fail_in_every_way(app_as_served: Flask, gray: Aviary, monkeypatch: pytest.MonkeyPatch) -> None:
    client = sender(app_as_served, gray)
    with written_log() as log:
        said = [send(client, body) for body in refused_documents().values()]
        inbox.drain(gray.hospital.code)
        said += [send(client, patient_document(32, birth_family_name=NAME), key="k") for _ in range(2)]
        said += [send(client, patient_document(33, birth_family_name=NAME), key="k")]
        monkeypatch.setattr(settle, "integrate", crash_on_the_name)
        said += [client.post("/api/v1/documents/preview", data=patient_document(34, birth_family_name=NAME)).text]
        for _ in range(4):
            jobs.integrate_pending(gray.hospital.code)

    assert states(gray.hospital)["rejected"] >= 5
    assert states(gray.hospital)["quarantined"] >= 1
    assert "ValueError" in "".join(log)
    assert_named_nowhere(app_as_served, gray, log, said)


def test_pages_that_fail_and_sessions_that_end(
    app_as_served: Flask, gray: Aviary, monkeypatch: pytest.MonkeyPatch
) -> None:
    email = f"gris.{gray.hospital.code.lower()}@hopital.example"
    make_person(gray.hospital, email)
    visitor = Visitor.arrive(app_as_served)
    with written_log() as log:
        Visitor.arrive(app_as_served).client.get("/recherche", query_string={"q": NAME})
        visitor.sign_in(email)
        assert NAME in visitor.client.get(f"/fiches/{gray.fiche_id}").text
        visitor.client.get("/fiches/personne", query_string={"q": NAME})
        visitor.age_session(minutes=16)
        assert visitor.client.get("/recherche", query_string={"q": NAME}).status_code == 302
        visitor.sign_in(email)
        monkeypatch.setattr(views, "matches", lambda *_: {}[NAME])
        accident = visitor.client.get("/recherche", query_string={"q": NAME})

    assert accident.status_code == 500
    assert "KeyError" in "".join(log)
    assert_named_nowhere(app_as_served, gray, log, [accident.text])


def assert_named_nowhere(app: Flask, gray: Aviary, log: list[str], said: list[str]) -> None:
    words = (*gray.words, STEM, STEM.replace(" ", ""))
    written = [*(("log", line) for line in log), *(("answer", one) for one in said)]
    written += everywhere_else(app.config["SETTINGS"], gray.hospital)
    assert [(place, found) for place, line in written if (found := found_in(line, words))] == []


def sender(app: Flask, gray: Aviary) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {add_http_channel(gray.hospital)}"
    return client


def send(client: FlaskClient, body: bytes, key: str = "") -> str:
    """What the sender is told at once, then when asking what became of it."""
    answer = client.post("/api/v1/documents", data=body, headers={"Idempotency-Key": key})
    inbox_says = client.get(answer.json["status_url"]).text if answer.status_code == 202 else ""
    return f"{answer.headers}{answer.text}{inbox_says}"
