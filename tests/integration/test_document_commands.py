"""The commands about documents and channels: their lines, their exit codes, their sentences (interfaces.md)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from app.cda import inbox, ingest
from app.cda.channels.tokens import find_channel
from app.tenants.hospital import Hospital
from tests.receiving import patient_document, receiving_hospital, rows, send


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    return receiving_hospital(open_hospital_for_test)


@pytest.fixture
def flask(app: Flask, hospital: Hospital) -> Callable[..., Result]:
    def run(group: str, command: str, *arguments: object) -> Result:
        given = [group, command, "--hospital", hospital.code, *map(str, arguments), "--json"]
        return app.test_cli_runner().invoke(args=given)

    return run


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    bodies = {"new": patient_document(1), "again": patient_document(1), "broken": b"<broken", "huge": b"x" * 10_485_761}
    paths = {name: tmp_path / f"{name}.xml" for name in bodies}
    for name, path in paths.items():
        path.write_bytes(bodies[name])
    return paths


def test_ingest_prints_one_line_per_document_in_its_final_state(
    flask: Callable[..., Result], files: dict[str, Path]
) -> None:
    result = flask("documents", "ingest", *files.values())

    assert result.exit_code == 0
    printed = lines(result)
    assert [line["path"] for line in printed] == [str(path) for path in files.values()]
    assert [(line["state"], line["code"]) for line in printed] == [
        ("integrated", None),
        ("archived_resend", None),
        ("rejected", "E-XML"),
        ("rejected", "E-SIZE"),
    ]
    assert printed[0]["fiche_id"] == printed[1]["fiche_id"] is not None
    assert set(printed[0]) == {"path", "document_id", "state", "code", "fiche_id", "warnings"}


def test_each_call_is_a_new_reception(flask: Callable[..., Result], files: dict[str, Path]) -> None:
    ids = {lines(flask("documents", "ingest", files["new"]))[0]["document_id"] for _ in range(3)}

    assert len(ids) == 3


def test_an_unreadable_file_is_refused_after_the_others(flask: Callable[..., Result], files: dict[str, Path]) -> None:
    result = flask("documents", "ingest", "/nowhere.xml", files["new"])

    assert result.exit_code == 1
    assert "Fichier illisible : /nowhere.xml" in result.stderr
    assert [line["state"] for line in lines(result)] == ["integrated"]


def test_ingest_waits_for_the_worker_that_has_the_hospital(
    flask: Callable[..., Result], files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    drain, busy = inbox.drain, iter([True, True])

    def busy_at_first(code: str) -> int:
        return 0 if next(busy, False) else drain(code)

    monkeypatch.setattr(ingest.inbox, "drain", busy_at_first)

    assert [line["state"] for line in lines(flask("documents", "ingest", files["new"]))] == ["integrated"]


def test_ingest_says_when_nobody_comes(
    flask: Callable[..., Result], files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest.inbox, "drain", lambda _: 0)
    monkeypatch.setattr(ingest, "WAIT_SECONDS", 0.2)

    result = flask("documents", "ingest", files["new"])

    assert result.exit_code == 1
    assert "attendent encore" in result.stderr


def test_preview_prints_the_changes_and_writes_nothing(flask: Callable[..., Result], files: dict[str, Path]) -> None:
    [foretold] = lines(flask("documents", "preview", files["new"]))

    assert (foretold["outcome"], foretold["fiche_id"]) == ("integrated", None)
    assert {"block", "key", "item", "from", "to", "rule"} <= set(foretold["changes"][0])
    assert lines(flask("documents", "count"))[0]["received"] == 0


def test_a_rejected_preview_is_not_an_error(flask: Callable[..., Result], files: dict[str, Path]) -> None:
    result = flask("documents", "preview", files["broken"])

    assert (result.exit_code, lines(result)[0]["code"]) == (0, "E-XML")


def test_replay_receives_the_same_bytes_again(
    flask: Callable[..., Result], files: dict[str, Path], hospital: Hospital
) -> None:
    [first] = lines(flask("documents", "ingest", files["new"]))

    [replayed] = lines(flask("documents", "replay", first["document_id"]))

    assert replayed["state"] == "archived_resend"
    assert rows(hospital, "select replay_of::text from received_document order by seq desc limit 1") == [
        (first["document_id"],)
    ]


@pytest.mark.parametrize("document_id", ["unknown", "01a200d8-f9b5-70d0-86b6-d210c351c085"])
def test_only_what_was_received_can_be_replayed(flask: Callable[..., Result], document_id: str) -> None:
    result = flask("documents", "replay", document_id)

    assert result.exit_code == 1
    assert "n’a pas reçu" in result.stderr


def test_count_says_every_state(flask: Callable[..., Result], files: dict[str, Path], hospital: Hospital) -> None:
    flask("documents", "ingest", *files.values())
    send(hospital, b"<a/>")

    assert lines(flask("documents", "count")) == [
        {
            "received": 4,
            "pending": 1,
            "integrated": 1,
            "archived_resend": 1,
            "archived_superseded": 0,
            "archived_not_for_us": 0,
            "rejected": 1,
            "quarantined": 0,
        }
    ]


def test_a_channel_shows_its_token_once(flask: Callable[..., Result], hospital: Hospital) -> None:
    [printed] = lines(flask("channels", "add", "--kind", "http"))

    channel = find_channel(printed["token"])
    assert channel is not None
    assert channel.hospital_code == hospital.code


def test_an_unknown_hospital_is_refused(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["documents", "count", "--hospital", "NOWHERE"])

    assert result.exit_code == 1
    assert "NOWHERE" in result.stderr


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]
