"""Whether a mail is answered, how, and with what words (connected-mode 8)."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from app.cda.answers.codes import application_code, error_field
from app.cda.answers.compose import Answer, Result, letter, notification
from app.cda.answers.plan import ByMail, how
from app.cda.outcomes import Code
from app.cda.unwrap.headers import headers_of
from tests.enclosing import MAILBOX, SENDER, SUBJECT, mail

ASKS = {"Disposition_Notification_To": SENDER, "Return_Path": f"<{SENDER}>"}
DONE = Result(None, "Le document est intégré.")
REFUSED = Result(Code.XML, "Le document n’est pas un XML bien formé.")


PLANS = {
    "asks, integrated": (ASKS, False, ByMail.NOTIFICATION),
    "asks, refused": (ASKS, True, ByMail.NOTIFICATION),
    "asks by another case": (ASKS | {"Return_Path": f"<{SENDER.upper()}>"}, False, ByMail.NOTIFICATION),
    "asks nothing, integrated": ({}, False, None),
    "asks nothing, refused": ({}, True, ByMail.LETTER),
    "asks for somebody else": (ASKS | {"Return_Path": "<autre@chu.example>"}, True, ByMail.LETTER),
    "asks for two": (ASKS | {"Disposition_Notification_To": f"{SENDER}, a@b.example"}, False, None),
    "without return path": ({"Disposition_Notification_To": SENDER}, False, None),
    "a null return path": (ASKS | {"Return_Path": "<>"}, True, None),
    "an absence": (ASKS | {"Auto_Submitted": "auto-replied"}, True, None),
    "a machine": (ASKS | {"Auto_Submitted": "auto-generated (rejected)"}, True, None),
    "not a machine": (ASKS | {"Auto_Submitted": "no"}, True, ByMail.NOTIFICATION),
    "bulk": (ASKS | {"Precedence": "bulk"}, True, None),
    "a list": (ASKS | {"List_Id": "<liste.example>"}, True, None),
}


@pytest.mark.parametrize("case", PLANS)
def test_who_is_answered_and_how(case: str) -> None:
    headers, failed, expected = PLANS[case]

    assert how(headers_of(mail(**headers)), failed=failed) == expected


@pytest.mark.parametrize("kind", ["multipart/report", "message/disposition-notification", "message/delivery-status"])
def test_a_report_is_never_answered(kind: str) -> None:
    headers = headers_of(f"Content-Type: {kind}\r\nFrom: a@b.example\r\n\r\n".encode())

    assert how(headers, failed=True) is None


def test_a_refusal_is_notified_word_for_word() -> None:
    original = mail(b"<broken", **ASKS)

    sent = parsed(notification(answer(original, DONE, REFUSED)))

    assert sent["Subject"] == f"[KO Intégration système !][906] {SUBJECT}"
    assert (sent["To"], sent["From"], sent["Auto-Submitted"]) == (SENDER, MAILBOX, "auto-replied")
    assert sent["Message-ID"] == "<01a2@bamara.example>"
    assert sent["In-Reply-To"] == "<1@dpi.example>"
    assert sent.get_content_type() == "multipart/report"
    assert sent.get_param("report-type") == "disposition-notification"
    text, disposition, attached = sent.iter_parts()
    assert "document 2 : [E-XML] Le document n’est pas un XML bien formé." in text.get_content()
    assert disposition.get_content_type() == "message/disposition-notification"
    fields = fields_of(notification(answer(original, DONE, REFUSED)))
    assert fields == [
        "Reporting-UA: bamara.example; BaMaRa",
        f"Final-Recipient: rfc822;{MAILBOX}",
        "Original-Message-ID: <1@dpi.example>",
        "Disposition: automatic-action/MDN-sent-automatically; processed/error",
        "Error: 906^E-XML Le document n'est pas un XML bien forme. Corrigez-le, puis renvoyez-le.",
    ]
    assert attached.get_content_type() == "message/rfc822"
    assert original in notification(answer(original, DONE, REFUSED))


def test_what_is_integrated_is_notified_as_processed() -> None:
    fields = fields_of(notification(answer(mail(**ASKS), DONE)))

    assert fields[-1] == "Disposition: automatic-action/MDN-sent-automatically; processed"


def test_a_letter_tells_the_service() -> None:
    sent = parsed(letter(answer(mail(), Result(Code.VERSION, "La version n’est pas connue."))))

    assert sent.get_content_type() == "multipart/mixed"
    assert sent["Subject"].startswith("[KO Intégration système !][900] ")
    assert [part.get_content_type() for part in sent.iter_parts()] == ["text/plain", "message/rfc822"]


@pytest.mark.parametrize(
    "subject",
    [
        b"=?utf-8?b?w4lUw4k=?=",
        b"=?x-klingon?q?a?=",
        b"\xc3\xa9t\xc3\xa9",
        b"\xff\xfe",
        b"=?utf-8?q?a=0D=0ABcc:_x=40y?=",
        b"a" * 5000,
        b"",
    ],
)
def test_no_subject_forges_a_header(subject: bytes) -> None:
    original = b"From: a@b.example\r\nSubject: " + subject + b"\r\nMessage-ID: <1@x>\r\n\r\nbody"

    sent = parsed(notification(answer(original, REFUSED)))

    assert sent["Bcc"] is None
    assert sent["Subject"].startswith("[KO Intégration système !][906]")
    assert len(sent["Subject"]) < 400
    assert sent["In-Reply-To"] == "<1@x>"


def test_the_lines_of_the_original_end_as_mail_wants() -> None:
    sent = letter(answer(b"Subject: a\nFrom: b\n\nun\r\ndeux\ntrois\rfin", REFUSED))

    assert sent.count(b"\n") == sent.count(b"\r\n") == sent.count(b"\r")


def test_every_code_has_its_place_in_the_exchange() -> None:
    assert {application_code(code) for code in Code} == {900, 901, 906}
    for code in Code:
        field = error_field(code)
        assert field.isascii()
        assert field.isprintable()
        assert field.startswith(f"{application_code(code)}^")
        assert (code in field) == (application_code(code) == 906)


def answer(original: bytes, *results: Result) -> Answer:
    at = datetime(2026, 11, 16, 10, tzinfo=UTC)
    return Answer("01a2", "bamara.example", MAILBOX, SENDER, original, results, at)


def parsed(sent: bytes) -> EmailMessage:
    found = message_from_bytes(sent, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def fields_of(sent: bytes) -> list[str]:
    block = sent.split(b"Content-Type: message/disposition-notification\r\n\r\n")[1]
    return block.split(b"\r\n\r\n")[0].split(b"\r\n--")[0].decode().strip().split("\r\n")
