"""Channels: opened, their secrets shown once or never, changed, revoked; each belongs to one hospital."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app.cda.channels.credentials import (
    UnknownChannel,
    list_channels,
    open_channel,
    revoke_channel,
    rotate_channel,
    watched_channels,
)
from app.cda.channels.tokens import find_channel
from app.cda.channels.ways import BadChannel, Folder, Http, Mailbox
from app.tenants.hospital import Hospital
from tests.visitors import run

PASSWORD = "motdepasse-de-la-boite"


@pytest.fixture(autouse=True)
def context(app: Flask):
    with app.app_context():
        yield


@pytest.fixture
def flask(app: Flask, hospital: Hospital) -> Callable[..., Result]:
    def run(command: str, *arguments: object, **more: object) -> Result:
        given = ["channels", command, "--hospital", hospital.code, *map(str, arguments), "--json"]
        return app.test_cli_runner().invoke(args=given, **more)

    return run


def test_no_folder_is_within_another(hospital: Hospital, tmp_path: Path) -> None:
    mine = tmp_path / "depot" / "mr"
    open_channel(hospital, Folder(str(mine)))
    for other in (mine, mine / "plus", mine.parent):
        with pytest.raises(BadChannel, match="autre canal"):
            open_channel(hospital, Folder(str(other)))
    assert open_channel(hospital, Folder(f"{mine}-2")).kind == "folder"


def test_a_token_is_shown_once_replaced_and_revoked(hospital: Hospital) -> None:
    opened = open_channel(hospital, Http(), label="DPI")
    assert opened.token
    [listed] = list_channels(hospital)
    assert (listed.kind, listed.label, opened.token in str(listed)) == ("http", "DPI", False)

    rotated = rotate_channel(hospital, opened.id)

    assert rotated.token
    assert find_channel(opened.token) is None
    found = find_channel(rotated.token)
    assert found is not None
    assert found.hospital_code == hospital.code
    revoke_channel(hospital, opened.id)
    assert list_channels(hospital) == []
    assert [one.id for one in list_channels(hospital, revoked=True)] == [opened.id]
    with pytest.raises(UnknownChannel):
        rotate_channel(hospital, opened.id)


def test_a_password_is_sealed_and_never_told(hospital: Hospital, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    way = Mailbox.of(f"imap://boite%40chu.example:{PASSWORD}@127.0.0.1:1143/INBOX", smtp_url="smtp://u:secret@h:25")

    opened = open_channel(hospital, way)

    [row] = run("select * from control.channel where id = :id", id=opened.id)
    assert PASSWORD not in str(row)
    assert b"secret" not in bytes(row.sealed)
    [watched] = mine(hospital)
    assert watched.way == way
    assert PASSWORD not in repr(watched) + caplog.text + str(list_channels(hospital))

    rotate_channel(hospital, opened.id, password="autre")

    [watched] = mine(hospital)
    assert isinstance(watched.way, Mailbox)
    assert (watched.way.password, watched.way.smtp_url) == ("autre", "smtp://u:secret@h:25")
    revoke_channel(hospital, opened.id)
    [row] = run("select * from control.channel where id = :id", id=opened.id)
    assert row.sealed is None


def test_two_channels_never_read_the_same_place(
    open_hospital_for_test: Callable[..., Hospital], tmp_path: Path
) -> None:
    one, other = open_hospital_for_test(), open_hospital_for_test()
    inner = tmp_path / "inner"
    inner.mkdir()
    opened = open_channel(one, Folder.at(str(tmp_path)))

    for path in (tmp_path, inner):
        with pytest.raises(BadChannel):
            open_channel(other, Folder.at(str(path)))

    revoke_channel(one, opened.id)
    open_channel(other, Folder.at(str(inner)))
    mailbox = Mailbox.of(f"imaps://a:b@{one.code}.example")
    open_channel(one, mailbox)
    with pytest.raises(BadChannel):
        open_channel(other, mailbox)


def test_a_channel_is_its_hospital_s_alone(open_hospital_for_test: Callable[..., Hospital]) -> None:
    opened = open_channel(open_hospital_for_test(), Http())

    for act in (rotate_channel, revoke_channel):
        with pytest.raises(UnknownChannel):
            act(open_hospital_for_test(), opened.id)


BAD = {
    "a page": lambda: Mailbox.of("https://a:b@chu.example"),
    "no server": lambda: Mailbox.of("imaps://a:b@"),
    "no account": lambda: Mailbox.of("imaps://chu.example/INBOX", "secret"),
    "no password": lambda: Mailbox.of("imaps://a@chu.example"),
    "a port that is none": lambda: Mailbox.of("imaps://a:b@chu.example:999999"),
    "an encryption that is none": lambda: Mailbox.of("imap://a:b@chu.example?tls=peut-etre"),
    "an address with a header": lambda: Mailbox.of("imaps://a:b@chu.example", service_address="a@b\r\nBcc: c@d"),
    "a mail server that is none": lambda: Mailbox.of("imaps://a:b@chu.example", smtp_url="file:///etc/passwd"),
    "a relative folder": lambda: Folder.at("depot"),
    "a folder that is not": lambda: Folder.at("/nowhere/at/all"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_channel_that_cannot_serve_is_refused_in_french(case: str) -> None:
    with pytest.raises(BadChannel, match=r"\.$"):
        BAD[case]()


@pytest.mark.parametrize(
    ("url", "tls", "port"),
    [
        ("imaps://a:b@chu.example", "implicit", 993),
        ("imap://a:b@chu.example", "starttls", 143),
        ("imap://a:b@127.0.0.1:1143", "none", 1143),
        ("imap://a:b@127.0.0.1:1143?tls=starttls", "starttls", 1143),
    ],
)
def test_a_mailbox_is_reached_encrypted_unless_it_is_this_machine(url: str, tls: str, port: int) -> None:
    way = Mailbox.of(url)

    assert (way.tls, way.port, way.folder) == (tls, port, "INBOX")


def test_the_commands_open_list_rotate_and_revoke(
    flask: Callable[..., Result], hospital: Hospital, tmp_path: Path
) -> None:
    http, folder = line(flask("add", "--kind", "http")), line(flask("add", "--kind", "folder", "--path", tmp_path))
    given = {"env": {"BAMARA_IMAP_PASSWORD": PASSWORD}}
    mailbox = flask("add", "--kind", "mailbox", "--imap-url", f"imap://u@localhost/{hospital.code}", **given)

    assert set(http) >= {"token"}
    assert "token" not in folder
    listed = flask("list")
    assert [json.loads(one)["kind"] for one in listed.output.splitlines()] == ["http", "folder", "mailbox"]
    assert PASSWORD not in mailbox.output + listed.output
    assert line(flask("rotate", http["channel_id"]))["token"] != http["token"]
    assert flask("rotate", line(mailbox)["channel_id"], **given).exit_code == 0
    assert flask("rotate", folder["channel_id"]).exit_code == 1
    assert line(flask("revoke", http["channel_id"]))["revoked"] is True
    assert flask("revoke", http["channel_id"]).exit_code == 1
    assert flask("add", "--kind", "mailbox").exit_code == 1
    assert flask("add", "--kind", "folder").exit_code == 1


def mine(hospital: Hospital) -> list:
    return [one for one in watched_channels() if one.hospital_code == hospital.code]


def line(result: Result) -> dict:
    assert result.exit_code == 0, result.output
    return json.loads(result.output.splitlines()[-1])
