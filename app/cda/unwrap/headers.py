"""The headers of a mail, or of one of its parts: read by the standard library, within bounds. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.message import Message
from email.parser import BytesHeaderParser

from app.cda.outcomes import Code, Rejection
from app.cda.unwrap.limits import LARGEST_HEADERS, LONGEST_HEADER

TYPE, DISPOSITION, ENCODING = "Content-Type", "Content-Disposition", "Content-Transfer-Encoding"


def split(mail: bytes, start: int, end: int) -> tuple[Message, int]:
    """The headers of the part that stands there, and where its content begins: a part is not copied, for a mail may be
    as large as it is deep. Raises Rejection (E-SIZE) over LARGEST_HEADERS."""
    if none := _LINE_BREAK.match(mail, start, end):
        return Message(), none.end()
    blank = _BLANK_LINE.search(mail, start, min(end, start + LARGEST_HEADERS + 4))
    if blank is None and end - start > LARGEST_HEADERS:
        raise Rejection(Code.SIZE, "Les en-têtes du message dépassent la taille admise.")
    return (_parse(mail[start : blank.start()]), blank.end()) if blank else (_parse(mail[start:end]), end)


def headers_of(mail: bytes) -> Message:
    """Those of a mail that may be hostile: none when they are over the bounds."""
    try:
        return split(mail, 0, len(mail))[0]
    except Rejection:
        return Message()


def content_of(mail: bytes) -> bytes:
    """What follows the headers."""
    none = _LINE_BREAK.match(mail) or _BLANK_LINE.search(mail)
    return mail[none.end() :] if none else b""


def content_type(headers: Message) -> str:
    return _bounded(headers, TYPE).get_content_type()


def boundary(headers: Message) -> bytes | None:
    given = _bounded(headers, TYPE).get_boundary()
    return given.encode("ascii", "surrogateescape") if given and given.isascii() else None


def filename(headers: Message) -> str:
    """In lower case; "" when there is none."""
    return (_bounded(headers, DISPOSITION, TYPE).get_filename() or "").lower()


def encoding(headers: Message) -> str:
    return _one(headers, ENCODING).strip().lower()


def _parse(block: bytes) -> Message:
    if not block.strip():
        return Message()
    return BytesHeaderParser().parsebytes(_BARE_CR.sub(b"", block) + b"\r\n\r\n")


def _bounded(headers: Message, *names: str) -> Message:
    """A message of those headers only, the first of each: what is too long to be read safely is as if absent."""
    bounded = Message()
    for name in names:
        value = _one(headers, name)
        if value and len(value) <= LONGEST_HEADER:
            bounded[name] = value.replace("\r", " ").replace("\n", " ")
    return bounded


def _one(headers: Message, name: str) -> str:
    values: Sequence[object] = headers.get_all(name) or ("",)
    return str(values[0])


_LINE_BREAK = re.compile(rb"\r?\n")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_BARE_CR = re.compile(rb"\r(?!\n)")
