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
    headers, _ = read.split(mail, 0, len(mail))
    if read.content_type(headers) in REPORTS:
        raise NotForUs
    return list(_leaves(mail, 0, len(mail), Walk(limits), 1))


def _leaves(mail: bytes, start: int, end: int, walk: Walk, depth: int) -> Iterator[bytes]:
    """Those of the part that stands there."""
    walk.enter(depth)
    headers, start = read.split(mail, start, end)
    kind = read.content_type(headers)
    if kind in ENCRYPTED:
        raise Rejection(Code.MAIL, "Le message est chiffré de bout en bout.")
    if kind.startswith("multipart/"):
        for part_start, part_end in _parts(headers, mail, start, end):
            yield from _leaves(mail, part_start, part_end, walk, depth + 1)
        return
    content = _decoded(headers, mail[start:end])
    if kind in MAILS or read.filename(headers).endswith(".eml"):
        yield from _leaves(content, len(content) - len(content.lstrip(b"\r\n")), len(content), walk, depth + 1)
    elif _is_tnef(headers, kind, content):
        raise Rejection(Code.MAIL, "La pièce jointe winmail.dat (TNEF) n’est pas admise.")
    elif is_archive(content) or _is_xml(headers, kind, content):
        yield content


def _parts(headers: Message, mail: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the parts begin and end, between the delimiters; a last one without its closing delimiter ends with what
    holds it."""
    boundary = read.boundary(headers)
    if not boundary:
        raise Rejection(Code.MAIL, "Une partie composée n’a pas de séparateur.")
    begun: int | None = None
    for found in _delimiter(boundary).finditer(mail, start, end):
        if begun is not None:
            yield begun, _before_the_break(mail, begun, found.start())
        if found[1]:
            return
        begun = min(found.end() + 1, end)
    if begun is not None:
        yield begun, end


def _before_the_break(mail: bytes, start: int, end: int) -> int:
    """The end of a part: the line break before a delimiter belongs to the delimiter."""
    for mark in (b"\n", b"\r"):
        if end > start and mail[end - 1 : end] == mark:
            end -= 1
    return end


def _delimiter(boundary: bytes) -> re.Pattern[bytes]:
    """At the beginning of a line, yet looked for by its own octets first: a mail may have millions of lines."""
    own = re.escape(b"--" + boundary)
    return re.compile(own + rb"(?<=\n" + own + rb")(--)?[ \t]*\r?$", re.MULTILINE)


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
