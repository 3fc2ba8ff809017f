"""Answers to mails, through the mailer, by a real SMTP server: one per mail, once, and nothing of it kept outside the
hospital (connected-mode 8, D3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import pytest
from flask import Flask

from app.accounts.mail.mailer import send_pending
from app.cda import inbox
from app.cda.answers.post import post_all, post_answers
from app.cda.channels.credentials import UnknownChannel, open_channel, revoke_channel
from app.cda.channels.ways import Mailbox
from app.cda.receive import Delivery, TransportConflict, deliver
from app.tenants.hospital import Hospital
from tests.enclosing import MAILBOX, SENDER, mail, xdm
from tests.mail_server import Postman, mail_server
from tests.receiving import CANARY, patient_document, receiving_hospital, rows
from tests.visitors import run

ASKS = {"Disposition_Notification_To": SENDER, "Return_Path": f"<{SENDER}>"}
SERVICE = "service@chu.mssante.example"


@dataclass
class Exchange:
    """A hospital's mailbox, and the server that carries its answers."""

    app: Flask
    hospital: Hospital
    channel: str
    postman: Postman

    def settle(self, *mails: bytes) -> None:
        for number, one in enumerate(mails):
            name = f"<{number}@dpi>"
            deliver(self.hospital, Delivery(f"channel:{self.channel}", one, transport_id=name, is_mail=True))
        inbox.drain(self.hospital.code)
        self.send()

    def send(self) -> None:
        post_answers(self.hospital.code)
        send_pending(self.app)


@pytest.fixture
def exchange(app: Flask, open_hospital_for_test: Callable[..., Hospital]) -> Iterator[Exchange]:
    hospital, postman = receiving_hospital(open_hospital_for_test), Postman()
    with mail_server(postman) as port, app.app_context():
        way = Mailbox.of(
            f"imaps://boite:secret@{hospital.code}.example",
            address=MAILBOX,
            service_address=SERVICE,
            smtp_url=f"smtp://127.0.0.1:{port}?tls=none",
        )
        opened = open_channel(hospital, way)
        yield Exchange(app, hospital, opened.id, postman)
        with suppress(UnknownChannel):
            revoke_channel(hospital, opened.id)


def test_one_notification_for_a_mail_of_three_documents(exchange: Exchange) -> None:
    exchange.settle(mail(xdm(patient_document(1), patient_document(1, 2), b"<broken"), **ASKS))
    exchange.send()
    post_all()
    exchange.send()

    [sent] = exchange.postman.letters
    assert (sent["To"], sent.get_content_type()) == (SENDER, "multipart/report")
    assert sent["Subject"].startswith("[KO Intégration système !][906]")
    text = next(sent.iter_parts()).get_content()
    assert text.count("Le document est intégré.") == 2
    assert "document 3 : [E-XML]" in text
    [answered] = rows(exchange.hospital, "select * from outgoing_answer where by_mail is not null")
    assert None not in (answered.posted_at, answered.sent_at)


def test_a_refusal_that_asks_nothing_is_told_to_the_service(exchange: Exchange) -> None:
    exchange.settle(mail(b"<broken"), mail(xdm(patient_document(1))))

    [sent] = exchange.postman.letters
    assert (sent["To"], sent.get_content_type()) == (SERVICE, "multipart/mixed")


def test_a_machine_is_never_answered(exchange: Exchange) -> None:
    exchange.settle(mail(b"<broken", **ASKS, Auto_Submitted="auto-replied"), mail(**ASKS, Precedence="bulk"))

    assert exchange.postman.letters == []


def test_a_mail_refused_at_the_door_is_answered_too(exchange: Exchange) -> None:
    given = {"channel": f"channel:{exchange.channel}", "transport_id": "<a@dpi>", "is_mail": True}
    deliver(exchange.hospital, Delivery(body=mail(xdm(patient_document(1)), **ASKS), **given))
    with pytest.raises(TransportConflict):
        deliver(exchange.hospital, Delivery(body=mail(b"<other/>", **ASKS), **given))
    inbox.drain(exchange.hospital.code)

    exchange.send()

    subjects = sorted(str(sent["Subject"])[:12] for sent in exchange.postman.letters)
    assert subjects == ["[KO Intégrat", "[OK Intégrat"]


def test_what_comes_by_another_way_is_not_answered_by_mail(exchange: Exchange) -> None:
    deliver(exchange.hospital, Delivery("command", mail(b"<broken", **ASKS), is_mail=True))
    inbox.drain(exchange.hospital.code)

    exchange.send()

    assert exchange.postman.letters == []


def test_an_answer_waits_for_its_server_and_leaves_under_the_same_name(exchange: Exchange) -> None:
    exchange.postman.answers = {SENDER.partition("@")[0]: "451 later"}
    exchange.settle(mail(xdm(patient_document(1)), **ASKS))
    assert exchange.postman.letters == []
    exchange.postman.answers = {}

    for _ in range(2):  # the second time as after a crash between the server's yes and ours
        run("update control.outgoing_mail set next_attempt_at = now(), sent_at = null where purpose = 'answer'")
        send_pending(exchange.app)

    first, second = exchange.postman.letters
    assert first["Message-ID"] == second["Message-ID"]


def test_D3_nothing_of_the_mail_is_kept_outside_its_hospital(
    exchange: Exchange, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    deliver(exchange.hospital, Delivery(f"channel:{exchange.channel}", mail(b"<broken", **ASKS), is_mail=True))
    inbox.drain(exchange.hospital.code)
    post_answers(exchange.hospital.code)

    listed = str(run("select * from control.outgoing_mail"))
    send_pending(exchange.app)

    [sent] = exchange.postman.letters
    assert CANARY in str(sent["Subject"])
    answers = str(rows(exchange.hospital, "select * from outgoing_answer"))
    audited = str(rows(exchange.hospital, "select * from audit_event"))
    ours = " ".join(line.getMessage() for line in caplog.records if line.name.startswith("app"))
    assert CANARY not in listed + answers + audited + ours


def test_a_revoked_mailbox_answers_no_more(exchange: Exchange) -> None:
    deliver(exchange.hospital, Delivery(f"channel:{exchange.channel}", mail(b"<broken", **ASKS), is_mail=True))
    inbox.drain(exchange.hospital.code)
    post_answers(exchange.hospital.code)
    revoke_channel(exchange.hospital, exchange.channel)

    send_pending(exchange.app)

    assert exchange.postman.letters == []
    assert run("select error from control.outgoing_mail where purpose = 'answer'")[-1].error == "dead"
