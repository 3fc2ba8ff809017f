"""The answer to a mail, octet by octet: the original is attached as it came, whatever it is made of (connected-mode 8).

Its subject is nominative, as that of any secure mail: composed when it leaves, kept and logged nowhere. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.policy import SMTP
from email.utils import format_datetime

from app.cda.answers.codes import application_code, error_field
from app.cda.outcomes import Code
from app.cda.unwrap.headers import headers_of

LONGEST_SUBJECT = 300
PROCESSED = "automatic-action/MDN-sent-automatically; processed"
GREETING = "Bonjour,\n\n{what}\n\n{lines}\n\nLe message d’origine est joint. Ce courriel est automatique.\n\nBaMaRa\n"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one document: `code` is that of a refusal, `words` name no patient."""

    code: Code | None
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """`id` makes its Message-ID, the same however often it leaves. `address` is the mailbox's own."""

    id: str
    host: str
    address: str
    recipient: str
    original: bytes
    results: Sequence[Result]
    at: datetime

    @property
    def codes(self) -> list[Code]:
        """Those of the refusals, each once, in order."""
        return list(dict.fromkeys(result.code for result in self.results if result.code))


def notification(answer: Answer) -> bytes:
    """An MDN of RFC 8098."""
    kind = "multipart/report; report-type=disposition-notification"
    parts = [_text(answer), _disposition(answer), _original(answer)]
    return _composed(answer, kind, parts)


def letter(answer: Answer) -> bytes:
    return _composed(answer, "multipart/mixed", [_text(answer), _original(answer)])


def subject_of(headers: Message) -> str:
    """As a reader sees it, on one line."""
    given = headers.get("Subject") or ""
    try:
        text = str(make_header(decode_header(given)))
    except (LookupError, ValueError, HeaderParseError):  # a charset or an encoding that is none
        text = str(given)
    text = text.encode("utf-8", "replace").decode()
    return "".join(one if one.isprintable() else " " for one in text)[:LONGEST_SUBJECT].strip()


def _composed(answer: Answer, kind: str, parts: Sequence[bytes]) -> bytes:
    boundary = f"bamara-{answer.id}"
    head = _headers(answer).as_bytes().rstrip(b"\r\n")
    mime = f'MIME-Version: 1.0\r\nContent-Type: {kind}; boundary="{boundary}"'.encode()
    delimiter = f"\r\n--{boundary}".encode()
    return (
        b"\r\n".join((head, mime, b"", b"".join(delimiter + b"\r\n" + part for part in parts))) + delimiter + b"--\r\n"
    )


def _headers(answer: Answer) -> EmailMessage:
    original = headers_of(answer.original)
    message = EmailMessage(policy=SMTP)
    message["From"] = answer.address
    message["To"] = answer.recipient
    message["Subject"] = f"{_verdict(answer)} {subject_of(original)}".strip()
    message["Date"] = format_datetime(answer.at)
    message["Message-ID"] = f"<{answer.id}@{answer.host}>"
    if known := _message_id(original):
        message["In-Reply-To"] = message["References"] = known
    message["Auto-Submitted"] = "auto-replied"
    return message


def _verdict(answer: Answer) -> str:
    if answer.codes:
        return f"[KO Intégration système !][{application_code(answer.codes[0])}]"
    return "[OK Intégration système]"


def _text(answer: Answer) -> bytes:
    failed = bool(answer.codes)
    what = "Votre envoi n’a pas pu être intégré en entier :" if failed else "Votre envoi a été traité :"
    several = len(answer.results) > 1
    lines = (
        f"– {f'document {number} : ' if several else ''}{f'[{one.code}] ' if one.code else ''}{one.words}"
        for number, one in enumerate(answer.results, 1)
    )
    part = EmailMessage(policy=SMTP)
    part.set_content(GREETING.format(what=what, lines="\n".join(lines)), cte="quoted-printable")
    del part["MIME-Version"]
    return part.as_bytes()


def _disposition(answer: Answer) -> bytes:
    fields = [f"Reporting-UA: {answer.host}; BaMaRa", f"Final-Recipient: rfc822;{answer.address}"]
    if known := _message_id(headers_of(answer.original)):
        fields.append(f"Original-Message-ID: {known}")
    fields.append(f"Disposition: {PROCESSED}{'/error' if answer.codes else ''}")
    fields += [f"Error: {error_field(code)}" for code in answer.codes]
    return ("Content-Type: message/disposition-notification\r\n\r\n" + "\r\n".join(fields) + "\r\n").encode("ascii")


def _original(answer: Answer) -> bytes:
    encoding = "7bit" if answer.original.isascii() else "8bit"
    head = f"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + _LINE_BREAK.sub(b"\r\n", answer.original)


def _message_id(headers: Message) -> str | None:
    given = str(headers.get("Message-ID") or "").strip()
    return given if re.fullmatch(r"<[\x21-\x7e]{1,900}>", given) else None


_LINE_BREAK = re.compile(rb"\r\n|\r|\n")
