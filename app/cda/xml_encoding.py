"""The text of an XML document: its declared encoding is believed only when the bytes agree with it (E-ENC).

Encodings are a short list: an exotic one (UTF-7, EBCDIC) is a way to hide a DOCTYPE from the scan that refuses it.
"""

from __future__ import annotations

import codecs
import re

from app.cda.outcomes import Code, Rejection


def as_utf8(body: bytes) -> bytes:
    """The document in UTF-8, without its mark; what it declares no longer counts. Raises Rejection (E-XML, E-ENC)."""
    encoding, start = _recognise(body)
    try:
        text = body[start:].decode(encoding)
    except UnicodeDecodeError:
        raise Rejection(Code.ENCODING, "Octets illisibles dans l’encodage du document.") from None
    declared = _DECLARED.match(text)
    if declared:
        _agree(encoding, declared[1].lower(), body, start)
    return body[start:] if encoding == "utf-8" else text.encode()


def _recognise(body: bytes) -> tuple[str, int]:
    """The encoding the first bytes show, and where the text begins."""
    for beginning, encoding, start in _BEGINNINGS:
        if body.startswith(beginning):
            if encoding is None:
                raise Rejection(Code.ENCODING, "UTF-32 n’est pas admis.")
            return encoding, start
    if not body.lstrip().startswith(b"<"):
        raise Rejection(Code.XML, "Le contenu n’est pas du XML.")
    declared = _DECLARED.match(body[:_DECLARATION_LENGTH].decode("latin-1"))
    name = declared[1].lower() if declared else "utf-8"
    if name not in _ADMITTED:
        raise Rejection(Code.ENCODING, "Encodage non admis : UTF-8 est attendu.")
    return _ADMITTED[name], 0


def _agree(encoding: str, declared: str, body: bytes, start: int) -> None:
    """A mark and a declaration that differ, or UTF-8 bytes that call themselves Latin, are not what they say."""
    if encoding.startswith("utf-16"):
        if not declared.startswith("utf-16"):
            raise Rejection(Code.ENCODING, "L’encodage déclaré n’est pas celui des octets.")
    elif start and declared not in ("utf-8", "utf8"):
        raise Rejection(Code.ENCODING, "L’encodage déclaré n’est pas celui des octets.")
    elif encoding != "utf-8" and _is_utf8_beyond_ascii(body):
        raise Rejection(Code.ENCODING, "Le document est en UTF-8 et déclare un autre encodage.")


def _is_utf8_beyond_ascii(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not body.isascii()


_BEGINNINGS: tuple[tuple[bytes, str | None, int], ...] = (
    (codecs.BOM_UTF8, "utf-8", 3),
    (codecs.BOM_UTF32_LE, None, 4),
    (codecs.BOM_UTF32_BE, None, 4),
    (codecs.BOM_UTF16_LE, "utf-16-le", 2),
    (codecs.BOM_UTF16_BE, "utf-16-be", 2),
    (b"<\x00\x00\x00", None, 0),
    (b"\x00\x00\x00<", None, 0),
    (b"<\x00", "utf-16-le", 0),
    (b"\x00<", "utf-16-be", 0),
)
"""How a document may begin: a byte order mark, or « < » in two or four bytes; and where its text then begins."""
_ADMITTED = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "iso-8859-1",
    "latin1": "iso-8859-1",
    "iso-8859-15": "iso-8859-15",
    "windows-1252": "windows-1252",
}
_DECLARATION_LENGTH = 300
_DECLARED = re.compile(r"<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._-]{0,40})[\"']")
