"""A mailbox against a real IMAP server: received, committed, moved away; killed, refused, lost and found again."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from imaplib import IMAP4
from threading import Thread

import pytest
from flask import Flask

from app.cda import inbox
from app.cda.channels import mailbox
from app.cda.channels.credentials import list_channels, open_channel, revoke_channel, watched_channels
from app.cda.channels.mailbox import connected
from app.cda.channels.receiver import Receiver
from app.cda.channels.ways import Mailbox
from app.cda.unwrap import limits
from app.config import ROOT, Settings
from app.operations.metrics import text_page
from app.tenants.hospital import Hospital
from tests.enclosing import mail, xdm
from tests.imap_server import ImapServer, imap_server, mail_folders
from tests.killed_workers import environment_of
from tests.receiving import patient_document, receiving_hospital, rows, states

SECONDS = 30


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    return receiving_hospital(open_hospital_for_test)


@pytest.fixture
def server() -> Iterator[ImapServer]:
    with imap_server() as server:
        yield server


@pytest.fixture
def channel(app: Flask, hospital: Hospital, server: ImapServer) -> Iterator[str]:
    with app.app_context():
        opened = open_channel(hospital, Mailbox.of(server.url))
        yield opened.id
        revoke_channel(hospital, opened.id)


@pytest.fixture
def receiver(app: Flask, channel: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """Watches this channel alone, whatever other tests opened."""
    monkeypatch.setattr(
        "app.cda.channels.receiver.watched_channels", lambda: [one for one in watched_channels() if one.id == channel]
    )
    receiver = Receiver(app)
    yield receiver
    receiver.stop(patience=10)


def letter(number: int, version: int = 1, message_id: str | None = "") -> bytes:
    known = f"<{number}.{version}@dpi.example>" if message_id == "" else message_id
    return mail(xdm(patient_document(number, version)), message_id=known)


def test_what_arrives_is_received_then_moved_and_idle_tells_of_the_next(
    receiver: Receiver, hospital: Hospital, server: ImapServer
) -> None:
    server.put(letter(1), letter(2, message_id=None), mail())
    receiver.round()
    until(lambda: mail_folders(server) == [0, 3, 0])
    server.put(letter(3))
    until(lambda: mail_folders(server) == [0, 4, 0])
    inbox.drain(hospital.code)

    assert states(hospital) == {"integrated": 3, "rejected": 1}
    [listed] = list_channels(hospital)
    assert listed.seen_at is not None
    assert listed.error is None


def test_the_same_message_id_with_another_body_is_refused_and_put_aside(
    receiver: Receiver, hospital: Hospital, server: ImapServer
) -> None:
    server.put(letter(1), letter(2, message_id="<1.1@dpi.example>"))

    receiver.round()

    until(lambda: mail_folders(server) == [0, 1, 1])
    inbox.drain(hospital.code)
    assert states(hospital) == {"integrated": 1, "rejected": 1}
    assert rows(hospital, "select code from received_document where state = 'rejected'")[0].code == "E-TRANSPORT"


def test_a_mail_over_the_limit_is_refused_counted_and_put_aside(
    receiver: Receiver, hospital: Hospital, server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_limits", replace(limits.Limits(), mail=100_000))
    server.put(mail(b"<a>" + b" " * 200_000 + b"</a>"), mail(b"<ClinicalDocument/>", message_id="<2@dpi.example>"))

    receiver.round()

    until(lambda: mail_folders(server) == [0, 1, 1])
    assert rows(hospital, "select code from received_document where state = 'rejected'")[0].code == "E-SIZE"


def test_killed_between_the_commit_and_the_move_it_loses_and_doubles_nothing(
    database: Settings, receiver: Receiver, hospital: Hospital, server: ImapServer, channel: str
) -> None:
    server.put(letter(1), letter(2, message_id=None))

    dead = subprocess.run(
        [sys.executable, "-m", "tests.one_channel", channel],
        env={**environment_of(database), "BAMARA_CRASH_AT": "mailbox.committed"},
        cwd=ROOT,
        check=False,
    )
    assert dead.returncode == -signal.SIGKILL
    assert states(hospital) == {"pending": 2}
    receiver.round()
    until(lambda: mail_folders(server) == [0, 2, 0])
    inbox.drain(hospital.code)

    assert states(hospital) == {"integrated": 2}


def test_a_server_that_drops_is_found_again(
    database: Settings,
    receiver: Receiver,
    hospital: Hospital,
    server: ImapServer,
    channel: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.cda.channels.receiver.LONGEST_DELAY", 1.0)
    figure = f'bamara_channel_up{{hospital="{hospital.code}",kind="mailbox",channel="{channel}"}}'
    server.put(letter(1))
    receiver.round()
    until(lambda: mail_folders(server) == [0, 1, 0])

    assert f"{figure} 1" in text_page(database)

    server.stop()
    until(lambda: list_channels(hospital)[0].error is not None)
    assert f"{figure} 0" in text_page(database)
    server.start()
    server.put(letter(2))

    until(lambda: states(hospital) == {"pending": 2})
    until(lambda: list_channels(hospital)[0].error is None)


def test_a_broken_channel_stops_no_other_and_a_revoked_one_ends(
    app: Flask, hospital: Hospital, server: ImapServer, channel: str, open_hospital_for_test: Callable[..., Hospital]
) -> None:
    other = open_hospital_for_test()
    with app.app_context():
        broken = open_channel(other, Mailbox.of("imap://a:b@127.0.0.1:1/INBOX"))
        receiver = Receiver(app)
        receiver.round()
        server.put(letter(1))

        until(lambda: states(hospital) == {"pending": 1})
        until(lambda: list_channels(other)[0].error is not None)
        for code, one in ((hospital, channel), (other, broken.id)):
            thread = receiver.running[one].thread
            assert thread.is_alive()
            if code is other:
                revoke_channel(other, broken.id)
                until(lambda: (receiver.round(), broken.id not in receiver.running)[1])
        receiver.stop(patience=10)


def test_a_wrong_password_is_told_as_what_it_is(
    app: Flask, hospital: Hospital, server: ImapServer, caplog: pytest.LogCaptureFixture
) -> None:
    with app.app_context():
        opened = open_channel(hospital, replace(Mailbox.of(server.url), password="raté", folder="A"))
        receiver = Receiver(app)
        receiver.round()
        until(lambda: list_channels(hospital)[0].error is not None)
        revoke_channel(hospital, opened.id)
        receiver.stop(patience=10)

    assert "raté" not in caplog.text


@pytest.mark.parametrize(
    ("message_id", "known"),
    [
        ("<1@dpi>", "<1@dpi>"),
        (f"<{'x' * 300}@dpi>", "sha256:"),
        (None, None),
        ("<é@dpi>", None),
    ],
)
def test_the_transport_id_is_the_message_id_when_it_can_be_one(message_id: str | None, known: str | None) -> None:
    head = f"Message-ID: {message_id}\r\n" if message_id else "Subject: x\r\n"
    found = mailbox.transport_id_of(f"{head}\r\nbody".encode())

    assert found == known or (known and found and found.startswith(known))


@pytest.mark.parametrize("announced_at", [b"LOGIN", b"CAPABILITY", b""])
def test_a_server_that_announces_more_than_a_mail_is_left(announced_at: bytes) -> None:
    """Else the receiver would keep what it sends, for all hospitals, until it dies of it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        Thread(target=_announce, args=(listening, announced_at), daemon=True).start()
        way = Mailbox.of(f"imap://a:b@127.0.0.1:{listening.getsockname()[1]}/INBOX?tls=none")
        with pytest.raises(IMAP4.abort, match="more than a mail"), connected(way):
            pass


def _announce(listening: socket.socket, at: bytes) -> None:
    giant = b"* X {99999999999}\r\n"
    sender, _ = listening.accept()
    with sender, sender.makefile("rb") as lines:
        sender.sendall(b"* OK ready\r\n" if at else giant)
        for line in lines:
            tag, _, rest = line.partition(b" ")
            known = b"* CAPABILITY IMAP4rev1\r\n" if rest.startswith(b"CAPABILITY") else b""
            sender.sendall(giant if at and rest.startswith(at) else known + tag + b" OK done\r\n")


def until(happens: Callable[[], object]) -> None:
    deadline = time.monotonic() + SECONDS
    while not happens():
        assert time.monotonic() < deadline, "not within the time allowed"
        time.sleep(0.1)
