"""A mail: its MIME tree walked within limits, down to the documents and archives it carries (connected-mode 5). Pure.

The tree is split here rather than by the standard library, whose parser takes a time that grows with the depth times
the length, and has no bound on either."""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from app.cda.outcomes import Code, NotForUs, Rejection
from app.cda.unwrap import headers as read
from app.cda.unwrap.enclosed import is_archive
from app.cda.unwrap.limits import Limits

REPORTS = ("multipart/report", "message/delivery-status", "message/disposition-notification")
"""What a machine answers to a mail of ours: it may quote documents, it brings none."""
MAILS = ("message/rfc822", "message/global")
ENCRYPTED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")
TNEF_MAGIC = b"\x78\x9f\x3e\x22"
TNEF_TYPES = ("application/ms-tnef", "application/vnd.ms-tnef")
XML_TYPES = ("text/xml", "application/xml", "application/hl7-v3+xml", "application/cda+xml")
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
HEAD = 4096


@dataclass
class Walk:
    """Counts the parts of one mail, those of the mails it forwards included."""

    limits: Limits
    parts: int = field(default=0)

    def enter(self, depth: int) -> None:
        self.parts += 1
        if depth > self.limits.mail_depth:
            raise Rejection(Code.MAIL, f"Plus de {self.limits.mail_depth} niveaux de parties emboîtées.")
        if self.parts > self.limits.mail_parts:
            raise Rejection(Code.MAIL, f"Plus de {self.limits.mail_parts} parties.")


def attachments(mail: bytes, limits: Limits) -> list[bytes]:
    """The archives and XML documents that a mail carries, in order. Raises Rejection, and NotForUs for a report."""
    if len(mail) > limits.mail:
        raise Rejection(Code.SIZE, f"Le message dépasse {limits.mail // 1024 // 1024} Mio.")
    headers, content = read.split(mail)
    if read.content_type(headers) in REPORTS:
        raise NotForUs
    return list(_leaves(headers, content, Walk(limits), 1))


def _leaves(headers: Message, content: bytes, walk: Walk, depth: int) -> Iterator[bytes]:
    walk.enter(depth)
    kind = read.content_type(headers)
    if kind in ENCRYPTED:
        raise Rejection(Code.MAIL, "Le message est chiffré de bout en bout.")
    if kind.startswith("multipart/"):
        for part in _parts(headers, content):
            yield from _leaves(*read.split(part), walk, depth + 1)
        return
    content = _decoded(headers, content)
    if kind in MAILS or read.filename(headers).endswith(".eml"):
        yield from _leaves(*read.split(content.lstrip(b"\r\n")), walk, depth + 1)
    elif _is_tnef(headers, kind, content):
        raise Rejection(Code.MAIL, "La pièce jointe winmail.dat (TNEF) n’est pas admise.")
    elif is_archive(content) or _is_xml(headers, kind, content):
        yield content


def _parts(headers: Message, content: bytes) -> Iterator[bytes]:
    """What stands between the delimiters; a last part without its closing delimiter ends with the mail."""
    boundary = read.boundary(headers)
    if not boundary:
        raise Rejection(Code.MAIL, "Une partie composée n’a pas de séparateur.")
    delimiter = re.compile(rb"^--" + re.escape(boundary) + rb"(--)?[ \t]*\r?$", re.MULTILINE)
    start: int | None = None
    for found in delimiter.finditer(content):
        if start is not None:
            yield _without_last_break(content[start : found.start()])
        if found[1]:
            return
        start = found.end() + 1
    if start is not None:
        yield content[start:]


def _without_last_break(part: bytes) -> bytes:
    return part.removesuffix(b"\n").removesuffix(b"\r")


def _decoded(headers: Message, content: bytes) -> bytes:
    match read.encoding(headers):
        case "base64":
            try:
                return binascii.a2b_base64(content)
            except binascii.Error:
                raise Rejection(Code.MAIL, "Une pièce jointe est illisible (base64).") from None
        case "quoted-printable":
            return quopri.decodestring(content)
    return content


def _is_tnef(headers: Message, kind: str, content: bytes) -> bool:
    return kind in TNEF_TYPES or content.startswith(TNEF_MAGIC) or read.filename(headers) == "winmail.dat"


def _is_xml(headers: Message, kind: str, content: bytes) -> bool:
    """What says that it is XML, and what shows it; a page of HTML is only a way of writing the mail."""
    if kind == "text/html":
        return False
    named = kind in XML_TYPES or read.filename(headers).endswith(".xml")
    head = content[:HEAD].lstrip()
    shown = head.startswith((b"<?xml", b"<ClinicalDocument", *MARKS))
    return bool(head) and (named or (shown and b"ClinicalDocument" in head.replace(b"\0", b"")))
