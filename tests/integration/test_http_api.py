"""The HTTP API of documents: its answers, its errors in problem details, what it never says (connected-mode 8)."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from app import doorbell
from app.cda import inbox, jobs
from app.cda.channels import http, tokens
from app.cda.channels.credentials import list_channels
from app.cda.channels.http import STRANGER_LISTENED
from app.cda.receive import LARGEST_BODY
from app.config import Settings
from app.limits import FORM_BYTES
from app.problems import TITLES
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital
from tests.receiving import CANARY, patient_document, receiving_hospital, rows, states
from tests.visitors import run

URL = "/api/v1/documents"
UNKNOWN = "01a200d8-f9b5-70d0-86b6-d210c351c085"


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    return receiving_hospital(open_hospital_for_test)


@pytest.fixture
def token(hospital: Hospital) -> str:
    return tokens.add_http_channel(hospital)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_a_document_is_accepted_followed_and_integrated(client: FlaskClient, hospital: Hospital, token: str) -> None:
    accepted = post(client, token, patient_document(1))

    assert accepted.status_code == 202
    assert accepted.json is not None
    assert set(accepted.json) == {"document_id", "status_url"}
    before = get(client, token, accepted.json["status_url"]).json
    inbox.drain(hospital.code)
    after = get(client, token, accepted.json["status_url"]).json
    assert before == {
        "state": "pending",
        "code": None,
        "message": "Le document est bien reçu. Son intégration est en attente.",
        "warnings": [],
    }
    assert after is not None
    assert (after["state"], after["code"], after["message"]) == ("integrated", None, "Le document est intégré.")


def test_a_refused_document_says_why_and_where(client: FlaskClient, hospital: Hospital, token: str) -> None:
    status_url = _accepted(post(client, token, b"<a>\n<b></a>"))
    inbox.drain(hospital.code)

    status = get(client, token, status_url).json

    assert status is not None
    assert (status["state"], status["code"]) == ("rejected", "E-XML")
    assert status["message"].startswith("Le document n’est pas un XML bien formé.")
    assert "(ligne 2)" in status["message"]


def test_the_channel_is_the_actor_of_the_audit(client: FlaskClient, hospital: Hospital, token: str) -> None:
    post(client, token, patient_document(1))
    inbox.drain(hospital.code)

    [audited] = rows(hospital, "select actor from audit_event where action = 'document:integrated'")
    [channel] = run("select id from control.channel where hospital_id = :id", id=hospital.id)
    assert audited.actor == f"channel:{channel.id}"


def test_the_same_key_and_body_get_the_same_answer(client: FlaskClient, hospital: Hospital, token: str) -> None:
    answers = [post(client, token, b"<a/>", key="42") for _ in range(3)]

    assert len({answer.data for answer in answers}) == 1
    assert {answer.status_code for answer in answers} == {202}
    assert states(hospital) == {"pending": 1}


def test_the_same_key_at_once_is_one_document(app: Flask, hospital: Hospital, token: str) -> None:
    bodies = [b"<a/>"] * 12 + [b"<b/>"] * 4
    with ThreadPoolExecutor(8) as senders:
        answers = list(senders.map(lambda body: post(app.test_client(), token, body, key="42"), bodies))

    accepted = [answer.json for answer in answers if answer.status_code == 202]
    assert len({str(answer) for answer in accepted}) == 1
    assert sorted({answer.status_code for answer in answers}) == [202, 409]
    assert states(hospital)["pending"] == 1


ERRORS: dict[str, tuple[int, dict[str, Any]]] = {
    "no token": (401, {"headers": {}}),
    "another scheme": (401, {"headers": {"Authorization": "Basic abc"}}),
    "an unknown token": (401, {"headers": {"Authorization": "Bearer abc"}}),
    "an empty token": (401, {"headers": {"Authorization": "Bearer "}}),
    "an empty body": (400, {"data": b""}),
    "a key that is too long": (400, {"key": "k" * 201}),
    "a key used for another body": (409, {"key": "used"}),
    "a body that is too large": (413, {"data": b"x" * (LARGEST_BODY + 1)}),
}


@pytest.mark.parametrize("case", ERRORS)
def test_errors_are_problem_details_in_french(client: FlaskClient, token: str, case: str) -> None:
    expected, request = ERRORS[case]
    post(client, token, b"<first/>", key="used")

    answer = post(client, token, request.pop("data", b"<a/>"), **request)

    assert (answer.status_code, answer.mimetype) == (expected, "application/problem+json")
    assert answer.json is not None
    assert answer.json["title"] == TITLES[expected]
    assert answer.json["status"] == expected
    assert answer.json["detail"].endswith((".", "…"))


def test_an_address_or_a_method_that_does_not_exist_is_a_problem_too(client: FlaskClient, token: str) -> None:
    answers = [client.get(URL, headers=_bearer(token)), client.get("/api/v1/nothing", headers=_bearer(token))]

    assert [(answer.status_code, answer.mimetype) for answer in answers] == [
        (405, "application/problem+json"),
        (404, "application/problem+json"),
    ]


def test_without_database_nothing_is_acknowledged(
    client: FlaskClient, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_a_full_disk(*_: Any, **__: Any) -> Any:
        raise OperationalError("insert", {}, psycopg.errors.DiskFull())

    monkeypatch.setattr(http, "deliver", on_a_full_disk)

    answer = post(client, token, b"<a/>")

    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert answer.headers["Retry-After"]


def test_the_limit_of_a_strangers_form_is_not_that_of_a_document(client: FlaskClient, token: str) -> None:
    document = patient_document(1) + b"<!--" + b" " * FORM_BYTES + b"-->"

    assert client.post(URL, data=document, headers=_bearer(token)).status_code == 202


def test_a_body_without_declared_length_is_cut_at_the_limit(client: FlaskClient, token: str) -> None:
    class Endless:
        def read(self, size: int = -1) -> bytes:
            assert 0 <= size <= LARGEST_BODY + 1
            return b"x" * size

    environ = {"wsgi.input": Endless(), "wsgi.input_terminated": True, "HTTP_AUTHORIZATION": f"Bearer {token}"}

    assert client.post(URL, environ_overrides=environ).status_code == 413


@pytest.mark.parametrize(
    ("token_sent", "sent", "refusal"), [("right", LARGEST_BODY + 2, 413), ("wrong", STRANGER_LISTENED, 401)]
)
def test_a_refused_sender_is_heard_to_the_end_and_reads_the_answer(
    client: FlaskClient, token: str, token_sent: str, sent: int, refusal: int
) -> None:
    body = io.BytesIO(b"x" * sent)

    answer = client.post(
        URL,
        input_stream=body,
        content_length=sent,
        headers=_bearer(token if token_sent == "right" else "wrong"),
    )

    assert (answer.status_code, body.tell()) == (refusal, sent)


def test_a_stranger_is_not_listened_to_for_long(client: FlaskClient) -> None:
    body = io.BytesIO(b"x" * (3 * STRANGER_LISTENED))

    answer = client.post(URL, input_stream=body, content_length=3 * STRANGER_LISTENED, headers=_bearer("wrong"))

    assert (answer.status_code, body.tell()) == (401, STRANGER_LISTENED)


def test_a_refused_request_receives_nothing(client: FlaskClient, hospital: Hospital, token: str) -> None:
    post(client, token, b"")
    post(client, "wrong", b"<a/>")
    post(client, token, b"x" * (LARGEST_BODY + 1))

    assert states(hospital) == {}


def test_a_key_used_for_another_body_leaves_the_refused_bytes(
    client: FlaskClient, hospital: Hospital, token: str
) -> None:
    post(client, token, b"<a/>", key="42")
    post(client, token, b"<b/>", key="42")

    assert states(hospital) == {"pending": 1, "rejected": 1}


@pytest.mark.parametrize("document_id", ["unknown", "', drop table", UNKNOWN, "%00"])
def test_an_id_that_leads_nowhere_is_not_found(client: FlaskClient, token: str, document_id: str) -> None:
    answer = get(client, token, f"{URL}/{document_id}")

    assert answer.status_code == 404


def test_A1_the_document_of_another_hospital_is_not_found(
    client: FlaskClient, token: str, open_hospital_for_test: Callable[..., Hospital]
) -> None:
    others_token = tokens.add_http_channel(open_hospital_for_test())
    status_url = _accepted(post(client, token, b"<a/>"))

    foreign, unknown = get(client, others_token, status_url), get(client, others_token, f"{URL}/{UNKNOWN}")

    assert (foreign.status_code, foreign.data) == (404, unknown.data)


def test_a_revoked_token_is_refused(client: FlaskClient, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "REMEMBERED_SECONDS", -1)
    assert post(client, token, b"<a/>").status_code == 202

    run("update control.channel set revoked_at = now() where token_hash = sha256(:token)", token=token.encode())

    assert post(client, token, b"<a/>").status_code == 401


def test_when_a_channel_last_brought_something_is_known_to_a_minute(
    client: FlaskClient, hospital: Hospital, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bring() -> datetime | None:
        assert post(client, token, patient_document(1)).status_code == 202
        [listed] = list_channels(hospital)
        return listed.seen_at

    [opened] = list_channels(hospital)
    first = bring()

    assert opened.seen_at is None
    assert bring() == first is not None
    monkeypatch.setattr(tokens, "SEEN_SECONDS", -1.0)
    tokens._seen_until.clear()
    assert bring() != bring()


def test_only_the_hash_of_a_token_is_kept(hospital: Hospital, token: str) -> None:
    with shared_session() as session:
        kept = str(session.connection().exec_driver_sql("select * from control.channel").all())

    assert token not in kept


def test_B5_without_redis_a_document_is_accepted_all_the_same(
    client: FlaskClient, hospital: Hospital, token: str, settings: Settings
) -> None:
    doorbell.configure(replace(settings, redis_url="redis://127.0.0.1:1/0"))
    try:
        answer = post(client, token, patient_document(1))
        jobs.sweep()
    finally:
        doorbell.configure(settings)

    assert answer.status_code == 202
    assert states(hospital) == {"integrated": 1}


def test_preview_tells_the_changes_and_writes_nothing(client: FlaskClient, hospital: Hospital, token: str) -> None:
    answer = client.post(f"{URL}/preview", data=patient_document(1), headers=_bearer(token))

    assert answer.json is not None
    assert (answer.json["outcome"], answer.json["code"], answer.json["fiche_id"]) == ("integrated", None, None)
    born = [change for change in answer.json["changes"] if change["item"] == "birth_date"]
    assert [(change["block"], change["from"], change["to"], change["rule"]) for change in born] == [
        ("patient", None, "2014-05-21", "U1")
    ]
    assert states(hospital) == {}


def test_D3_statuses_never_name_the_patient(client: FlaskClient, hospital: Hospital, token: str) -> None:
    bodies = [patient_document(1), patient_document(2)[:-30], patient_document(3).replace(b"690999010", b"750000000")]
    urls = [_accepted(post(client, token, body)) for body in bodies]
    inbox.drain(hospital.code)

    statuses = [get(client, token, url) for url in urls]

    assert len({status.json["state"] + str(status.json["code"]) for status in statuses if status.json}) == 3
    assert all(CANARY not in status.text for status in statuses)


def post(client: FlaskClient, token: str, body: bytes, key: str | None = None, **more: Any) -> TestResponse:
    headers = more.get("headers", _bearer(token))
    return client.post(URL, data=body, headers=headers | ({"Idempotency-Key": key} if key else {}))


def get(client: FlaskClient, token: str, url: str) -> TestResponse:
    return client.get(url, headers=_bearer(token))


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _accepted(answer: TestResponse) -> str:
    assert answer.status_code == 202
    assert answer.json is not None
    return str(answer.json["status_url"])
