"""Mails and archives in the inbox: kept as they came, opened by the worker, each document with its own row, counted
exactly, in the order of reception (connected-mode 3 and 5, O1, O3)."""

from __future__ import annotations

import json
import signal
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.cda import inbox, opening
from app.cda.channels.tokens import add_http_channel
from app.cda.preview import preview
from app.cda.receive import Delivery, TransportConflict, deliver
from app.config import Settings
from app.tenants.hospital import Hospital
from tests.enclosing import mail, xdm
from tests.killed_workers import child_of, run_until_killed
from tests.receiving import number_of, patient_document, receiving_hospital, rows, send, states

ONE, NEXT, OTHER = patient_document(1), patient_document(1, 2), patient_document(2)


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    return receiving_hospital(open_hospital_for_test)


def test_an_archive_of_three_documents_is_three_documents(hospital: Hospital) -> None:
    body = xdm(ONE, NEXT, b"%PDF", announced=[{}, {}, {"mime_type": "application/pdf"}])
    reception = send(hospital, body).document_id
    assert states(hospital) == {"pending": 1}

    inbox.drain(hospital.code)

    assert states(hospital) == {"integrated": 2, "archived_not_for_us": 1}
    parts = rows(hospital, "select part, part_of::text, body from received_document where part > 0 order by part")
    assert [(part.part, part.part_of, zlib.decompress(part.body)) for part in parts] == [
        (1, reception, ONE),
        (2, reception, NEXT),
        (3, reception, b"%PDF"),
    ]
    [kept] = rows(hospital, "select body, state from received_document where id = :id", id=reception)
    assert (zlib.decompress(kept.body), kept.state) == (body, "opened")


def test_what_came_after_an_archive_is_settled_after_its_documents(hospital: Hospital) -> None:
    """O1: the resend of what the archive brought, received between two archives, finds it integrated."""
    for body in (xdm(ONE), ONE, xdm(OTHER), OTHER):
        send(hospital, body)

    inbox.drain(hospital.code)

    assert states(hospital) == {"integrated": 2, "archived_resend": 2}
    settled = rows(hospital, "select state from received_document where state <> 'opened' order by seq, part")
    assert [one.state for one in settled] == ["integrated", "archived_resend"] * 2


def test_an_archive_that_is_refused_keeps_its_own_row(hospital: Hospital) -> None:
    send(hospital, xdm(ONE, OTHER))
    send(hospital, b"no mail at all", is_mail=True)

    inbox.drain(hospital.code)

    assert states(hospital) == {"rejected": 2}
    assert [one.code for one in rows(hospital, "select code from received_document order by seq")] == [
        "E-MULTI",
        "E-MAIL",
    ]


def test_an_archive_that_kills_is_set_aside_and_the_next_goes_on(
    hospital: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    def poisoned(envelope: object, body: bytes) -> list:
        if body == first:
            raise RuntimeError
        return unwrap(envelope, body)

    first, unwrap = xdm(ONE), opening.unwrap
    monkeypatch.setattr(opening, "unwrap", poisoned)
    for body in (first, xdm(OTHER)):
        send(hospital, body)

    for _ in range(6):
        inbox.drain(hospital.code)

    assert states(hospital) == {"quarantined": 1, "integrated": 1}


def test_B10_a_document_that_kills_in_an_archive_is_set_aside_alone(database: Settings, hospital: Hospital) -> None:
    """Once with its archive, twice by itself: those beside it and behind it lose nothing."""
    for body in (xdm(ONE, NEXT, patient_document(1, 3)), xdm(OTHER)):
        send(hospital, body)
    deaths = [child_of(hospital.code, at) for at in ("document.parsed:2", "document.parsed:2", "document.parsed")]

    assert run_until_killed(database, deaths) == [signal.SIGKILL] * 3
    inbox.drain(hospital.code)

    settled = rows(hospital, "select state from received_document where part > 0 order by seq, part")
    assert [one.state for one in settled] == ["integrated", "quarantined", "integrated", "integrated"]


def test_documents_behind_one_that_fails_in_an_archive_wait_for_it(
    hospital: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing_once(*given: Any) -> Any:
        seen.append(given)
        if len(seen) == 2:
            raise RuntimeError
        return settle(*given)

    seen: list[object] = []
    settle = inbox.settle
    monkeypatch.setattr(inbox, "settle", failing_once)
    for body in (xdm(ONE, NEXT, patient_document(1, 3)), patient_document(1, 4)):
        send(hospital, body)

    assert inbox.work_one_batch(hospital.code) == inbox.Worked(1)
    waiting = rows(hospital, "select attempts from received_document where state = 'pending' order by seq, part")
    assert waiting == [(1,), (0,), (0,)]
    inbox.drain(hospital.code)

    assert states(hospital) == {"integrated": 4}


def test_an_archive_of_more_than_a_batch_is_settled_in_several(hospital: Hospital) -> None:
    send(hospital, mail(*(xdm(*[b"<broken"] * 30) for _ in range(2))), is_mail=True)

    assert inbox.work_one_batch(hospital.code) == inbox.Worked(50)
    assert inbox.work_one_batch(hospital.code) == inbox.Worked(10)
    assert states(hospital) == {"rejected": 60}


@pytest.mark.parametrize("step", ["envelope.unwrapped", "envelope.written", "document.parsed", "drain.settled"])
def test_a_kill_while_opening_loses_and_doubles_nothing(database: Settings, hospital: Hospital, step: str) -> None:
    sent = [("archive", xdm(ONE, NEXT)), ("bare", OTHER)]

    assert run_until_killed(database, [child_of(hospital.code, step, sent)]) == [signal.SIGKILL]
    for transport_id, body in sent:
        deliver(hospital, Delivery("command", body, transport_id=transport_id))
    inbox.drain(hospital.code)

    assert states(hospital) == {"integrated": 3}
    assert number_of(hospital, "fiche") == 2
    assert number_of(hospital, "received_document") == 4


def test_B3_one_mail_delivered_fifty_times_by_as_many_relays(hospital: Hospital) -> None:
    body = mail(xdm(ONE))

    def relayed(number: int) -> str:
        received = f"Received: from relay-{number}.example\r\n".encode() + body
        return deliver(hospital, Delivery("c", received, transport_id="<1@dpi>", is_mail=True)).document_id

    with ThreadPoolExecutor(8) as relays:
        ids = set(relays.map(relayed, range(50)))
    with pytest.raises(TransportConflict):
        deliver(hospital, Delivery("c", mail(xdm(OTHER)), transport_id="<1@dpi>", is_mail=True))
    inbox.drain(hospital.code)

    assert len(ids) == 1
    assert states(hospital) == {"integrated": 1, "rejected": 1}


def test_over_http_one_address_follows_them_all(app: Flask, hospital: Hospital) -> None:
    client, authorised = app.test_client(), {"Authorization": f"Bearer {add_http_channel(hospital)}"}
    accepted = client.post("/api/v1/documents", data=xdm(ONE, b"<broken"), headers=authorised).json
    assert accepted
    before = client.get(accepted["status_url"], headers=authorised).json

    inbox.drain(hospital.code)

    after = client.get(accepted["status_url"], headers=authorised).json
    assert before
    assert after
    assert (before["state"], after["state"], after["code"]) == ("pending", "rejected", "E-XML")
    assert [(one["state"], one["code"]) for one in after["documents"]] == [("integrated", None), ("rejected", "E-XML")]
    one = client.get(f"/api/v1/documents/{after['documents'][0]['document_id']}", headers=authorised).json
    assert one
    assert one["state"] == "integrated"


def test_ingest_prints_one_line_per_document_found(app: Flask, hospital: Hospital, tmp_path: Path) -> None:
    files = {"a.zip": xdm(ONE, NEXT), "b.eml": mail(xdm(OTHER)), "c": mail(patient_document(3)), "d.zip": b"PK\x03\x04"}
    for name, body in files.items():
        (tmp_path / name).write_bytes(body)

    def ingest(*names: str) -> list[tuple[str, str, str | None]]:
        given = ["documents", "ingest", "--hospital", hospital.code, "--json", *names]
        result = app.test_cli_runner().invoke(args=given)
        assert result.exit_code == 0, result.output
        printed = [json.loads(line) for line in result.output.splitlines()]
        return [(Path(line["path"]).name, line["state"], line["code"]) for line in printed]

    assert ingest(*(str(tmp_path / name) for name in ("a.zip", "b.eml", "d.zip"))) == [
        ("a.zip", "integrated", None),
        ("a.zip", "integrated", None),
        ("b.eml", "integrated", None),
        ("d.zip", "rejected", "E-ZIP"),
    ]
    assert ingest("--mailbox-message", str(tmp_path / "c")) == [("c", "integrated", None)]
    replayed = rows(hospital, "select id::text from received_document where envelope = 'mail' order by seq")[0].id
    result = app.test_cli_runner().invoke(args=["documents", "replay", "--hospital", hospital.code, replayed, "--json"])
    assert json.loads(result.output)["state"] == "archived_resend"


def test_a_preview_opens_too_and_writes_nothing(hospital: Hospital) -> None:
    one = preview(hospital, xdm(ONE))
    several = preview(hospital, mail(xdm(ONE, b"<broken")), is_mail=True)

    assert (one["outcome"], "documents" in one) == ("integrated", False)
    assert (several["outcome"], several["code"]) == ("rejected", "E-XML")
    assert [shown["outcome"] for shown in several["documents"]] == ["integrated", "rejected"]
    assert preview(hospital, xdm(ONE, OTHER))["code"] == "E-MULTI"
    assert preview(hospital, mail(Auto_Submitted="auto-replied"), is_mail=True)["outcome"] == "archived_not_for_us"
    assert states(hospital) == {}
