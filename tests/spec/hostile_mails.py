"""Mails made to hurt, or only odd: each with the code of its answer; "read" when its document is read."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable

from app.cda.outcomes import Code
from tests.enclosing import forwarded, mail, xdm
from tests.spec.hostile_archives import GOOD, MEBIBYTE, NOT_FOR_US, PLAIN, READ, central

Case = Callable[[], bytes]

HEAD = b"From: dpi@chu.example\r\nTo: bamara@chu.example\r\nSubject: XDM/1.0/DDM+SDM-MR\r\nMessage-ID: <1@dpi>\r\n"
MIXED = HEAD + b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
XML = b"Content-Type: text/xml\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(PLAIN)


def part(headers: str, body: bytes) -> bytes:
    return headers.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body


def mixed(*parts: bytes, closed: bool = True) -> bytes:
    body = b"".join(b"--b\r\n" + one + b"\r\n" for one in parts)
    return MIXED + body + (b"--b--\r\n" if closed else b"")


def encoded(name: str, body: bytes, kind: str = "application/zip") -> Case:
    return lambda: mixed(part(f"Content-Type: {kind}\nContent-Transfer-Encoding: {name}", body))


def attached(kind: str, body: bytes, name: str = "") -> Case:
    disposition = f'\nContent-Disposition: attachment; filename="{name}"' if name else ""
    given = f"Content-Type: {kind}{disposition}\nContent-Transfer-Encoding: base64"
    return lambda: mixed(part(given, base64.encodebytes(body)))


def with_header(header: bytes, body: bytes = b"") -> Case:
    return lambda: header + (body or mixed(XML))


def nested(levels: int, inner: bytes = XML) -> bytes:
    """Composed parts within one another."""
    body = inner
    for level in reversed(range(levels)):
        name = b"n%d" % level
        body = b'Content-Type: multipart/mixed; boundary="%s"\r\n\r\n--%s\r\n%s\r\n--%s--\r\n' % (
            name,
            name,
            body,
            name,
        )
    return HEAD + body


def transferred(times: int) -> bytes:
    body = mail(PLAIN)
    for _ in range(times):
        body = forwarded(body)
    return body


def of_parts(number: int, last: bytes = XML) -> bytes:
    return mixed(*[part("Content-Type: text/plain", b"x")] * (number - 1), last)


def one_header(name: bytes, length: int) -> bytes:
    return name + b": " + b"x" * length + b"\r\n" + mixed(XML)


TNEF = b"\x78\x9f\x3e\x22" + bytes(100)
B64_ZIP = base64.encodebytes(GOOD)
SEMICOLONS = b'Content-Type: multipart/mixed; boundary="b' + b'";"' * 20_000 + b"\r\n"

HOSTILE: dict[str, tuple[Case, Code | str]] = {
    # --- depth and number ---
    "three levels of parts": (lambda: nested(3), READ),
    "nine levels of parts": (lambda: nested(9), Code.MAIL),
    "a thousand levels of parts": (lambda: nested(1000), Code.MAIL),
    "a hundred thousand levels announced": (
        lambda: HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" * 100_000,
        Code.MAIL,
    ),
    "three transfers": (lambda: transferred(3), READ),
    "four transfers and a bare mail": (lambda: transferred(4), Code.MAIL),
    "ten transfers": (lambda: transferred(10), Code.MAIL),
    "a hundred mails in one another": (
        lambda: b"Content-Type: message/rfc822\r\n\r\n" * 100 + mixed(XML),
        Code.MAIL,
    ),
    "99 parts": (lambda: of_parts(99), READ),
    "101 parts": (lambda: of_parts(101), Code.MAIL),
    "a million parts": (lambda: mixed() + b"--b\r\n\r\nx\r\n" * 1_000_000, Code.MAIL),
    "a million parts, open": (lambda: MIXED + b"--b\r\n\r\nx\r\n" * 1_000_000, Code.MAIL),
    "empty parts": (lambda: mixed(b"", b"\r\n", XML), READ),
    "a part without headers": (lambda: mixed(b"\r\n" + PLAIN), READ),
    # --- delimiters ---
    "no delimiter": (lambda: HEAD + b"Content-Type: multipart/mixed\r\n\r\nx", Code.MAIL),
    "an empty delimiter": (lambda: HEAD + b'Content-Type: multipart/mixed; boundary=""\r\n\r\n--\r\n', Code.MAIL),
    "a delimiter that never comes": (lambda: MIXED + XML, Code.MAIL),
    "a delimiter that is an expression": (
        lambda: HEAD + b'Content-Type: multipart/mixed; boundary="(a+)+$"\r\n\r\n--' + b"a" * 100_000,
        Code.MAIL,
    ),
    "a delimiter within a line": (lambda: mixed(part("Content-Type: text/plain", b"x --b y"), XML), READ),
    "a delimiter that begins like it": (lambda: mixed(part("Content-Type: text/plain", b"\r\n--bb\r\n"), XML), READ),
    "no closing delimiter": (lambda: mixed(XML, closed=False), READ),
    "something before and after": (
        lambda: MIXED + b"preamble\r\n--b\r\n" + XML + b"\r\n--b--\r\n--b\r\nafter",
        READ,
    ),
    "a delimiter inside the parts": (
        lambda: mixed(b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n' + XML),
        READ,
    ),
    "bare ends of line": (lambda: mixed(XML).replace(b"\r\n", b"\n"), READ),
    "a delimiter beyond ASCII": (
        lambda: HEAD + b'Content-Type: multipart/mixed; boundary="\xc3\xa9"\r\n\r\n--\xc3\xa9\r\n' + XML,
        Code.MAIL,
    ),
    # --- encodings ---
    "base64 cut short": (encoded("base64", b"UEsDBBQ"), Code.MAIL),
    "base64 with noise": (encoded("base64", B64_ZIP.replace(b"\n", b"\r\n !\r\n")), READ),
    "base64 that is none": (encoded("base64", b"?"), Code.MAIL),
    "base64 that says quoted": (encoded("quoted-printable", B64_ZIP), Code.MAIL),
    "quoted-printable": (encoded("quoted-printable", quopri.encodestring(PLAIN), "text/xml"), READ),
    "quoted-printable that is broken": (encoded("quoted-printable", b"=ZZ=<a", "text/xml"), Code.XML),
    "raw octets": (encoded("binary", GOOD), READ),
    "eight bits": (encoded("8bit", PLAIN, "text/xml"), READ),
    "an unknown encoding": (encoded("x-uuencode", b"begin 644 a\n", "text/xml"), Code.XML),
    "an encoding with an end of line": (encoded("base64\n x", B64_ZIP), Code.MAIL),
    "a charset that is none": (
        lambda: mixed(part("Content-Type: text/xml; charset=x-klingon", PLAIN)),
        READ,
    ),
    "a charset of Python": (lambda: mixed(part("Content-Type: text/xml; charset=zlib_codec", PLAIN)), READ),
    "a document in UTF-16": (attached("text/xml", PLAIN.decode().replace("UTF-8", "UTF-16", 1).encode("utf-16")), READ),
    # --- what is attached ---
    "an archive": (lambda: mail(GOOD), READ),
    "an archive that says it is a picture": (attached("image/png", GOOD, "a.png"), READ),
    "a broken archive": (attached("application/zip", b"PK\x03\x04xx"), Code.ZIP),
    "an encrypted archive": (lambda: mail(central(8, "<H", 0x1)()), Code.ZIP),
    "an archive and its twin": (lambda: mail(GOOD, GOOD), READ),
    "winmail.dat": (attached("application/octet-stream", b"x", "WINMAIL.DAT"), Code.MAIL),
    "TNEF by its type": (attached("application/ms-tnef", b"x"), Code.MAIL),
    "TNEF by its octets": (attached("application/octet-stream", TNEF), Code.MAIL),
    "TNEF beside a document": (
        lambda: mixed(XML, part("Content-Type: application/ms-tnef", b"x")),
        Code.MAIL,
    ),
    "encrypted for somebody": (attached("application/pkcs7-mime", b"x", "smime.p7m"), Code.MAIL),
    "encrypted by PGP": (lambda: HEAD + b'Content-Type: multipart/encrypted; boundary="b"\r\n\r\n', Code.MAIL),
    "a gzip": (attached("application/gzip", b"\x1f\x8b" + bytes(50), "a.xml.gz"), Code.MAIL),
    "a rar": (attached("application/vnd.rar", b"Rar!\x1a\x07"), Code.MAIL),
    "a letter": (attached("application/pdf", b"%PDF-1.7", "lettre.pdf"), Code.MAIL),
    "a letter beside the document": (lambda: mixed(part("Content-Type: application/pdf", b"%PDF"), XML), READ),
    "a page": (lambda: HEAD + b"Content-Type: text/html\r\n\r\n<ClinicalDocument/>", Code.MAIL),
    "a document in the text": (lambda: HEAD + b"Content-Type: text/plain\r\n\r\n" + PLAIN, READ),
    "another XML": (attached("text/xml", b"<note/>"), NOT_FOR_US),
    "an empty attachment": (attached("text/xml", b"", "a.xml"), Code.MAIL),
    "a document of 11 MiB": (attached("text/xml", b"<a>" + b" " * 11 * MEBIBYTE + b"</a>"), Code.SIZE),
    "more than 25 MiB": (lambda: HEAD + b"\r\n" + b"x" * 25 * MEBIBYTE, Code.SIZE),
    "25 MiB of short lines": (lambda: HEAD + b"\r\n" + b"x\r\n" * (8 * MEBIBYTE), Code.MAIL),
    "24 MiB of short lines in eight levels": (
        lambda: nested(6, part("Content-Type: text/plain", b"-\r\n" * (8 * MEBIBYTE))),
        Code.MAIL,
    ),
    "24 MiB of almost delimiters": (lambda: MIXED + b"--\r\n" * (6 * MEBIBYTE), Code.MAIL),
    # --- headers ---
    "no headers": (lambda: b"\r\n" + PLAIN, READ),
    "nothing": (lambda: b"", Code.MAIL),
    "no end of headers": (lambda: HEAD, Code.MAIL),
    "headers of 60 kB": (lambda: one_header(b"X-Long", 60_000), READ),
    "headers of 100 kB": (lambda: one_header(b"X-Long", 100_000), Code.SIZE),
    "headers of 20 MiB": (lambda: one_header(b"X-Long", 20 * MEBIBYTE), Code.SIZE),
    "twenty thousand headers": (lambda: b"X: y\r\n" * 20_000 + mixed(XML), Code.SIZE),
    "ten thousand headers": (lambda: b"X: y\r\n" * 10_000 + mixed(XML), READ),
    "a folded header of a thousand lines": (lambda: b"X: y\r\n" + b" z\r\n" * 1000 + mixed(XML), READ),
    "a type of sixty thousand semicolons": (lambda: SEMICOLONS + mixed(XML)[len(HEAD) :], Code.MAIL),
    "a type of two thousand semicolons": (
        lambda: b'Content-Type: a/b; c="' + b";" * 1900 + b"\r\n" + mixed(XML),
        Code.MAIL,
    ),
    "a type twice": (lambda: b"Content-Type: text/plain\r\n" + mixed(XML), Code.MAIL),
    "no Message-ID": (lambda: mixed(XML).replace(b"Message-ID: <1@dpi>\r\n", b""), READ),
    "a Message-ID that never ends": (with_header(b"Message-ID: <" + b"a" * 50_000 + b"\r\n"), READ),
    "a subject of eight bits": (with_header(b"Subject: \xe9t\xe9 \xff\xfe\r\n"), READ),
    "a subject that injects": (with_header(b"Subject: =?utf-8?q?a=0D=0ABcc:_x=40y?=\r\n"), READ),
    "a subject with a bare return": (with_header(b"Subject: a\rBcc: x@y\r\n"), READ),
    "a header without colon": (with_header(b"this is no header\r\n"), Code.MAIL),
    "a header with NUL": (with_header(b"X: a\0b\r\n"), READ),
    "a mbox line": (with_header(b"From nobody Mon Nov 16 10:00:00 2026\r\n"), READ),
    "a name of file that climbs": (attached("text/xml", PLAIN, "../../../etc/passwd.xml"), READ),
    "a name of file in a strange charset": (
        lambda: mixed(part("Content-Type: text/xml; name*=x-klingon''%FF%FE.xml", PLAIN)),
        READ,
    ),
    # --- loops ---
    "a failure to deliver": (
        lambda: mail(PLAIN).replace(b"multipart/mixed", b"multipart/report; report-type=delivery-status"),
        NOT_FOR_US,
    ),
    "a notification of ours": (
        lambda: mail(PLAIN).replace(b"multipart/mixed", b"multipart/report; report-type=disposition-notification"),
        NOT_FOR_US,
    ),
    "an absence": (lambda: mail(Auto_Submitted="auto-replied"), NOT_FOR_US),
    "a list": (lambda: mail(Precedence="list"), NOT_FOR_US),
    "a null sender": (lambda: mail(Return_Path="<>"), NOT_FOR_US),
    "a machine that brings a document": (lambda: mail(xdm(PLAIN), Auto_Submitted="auto-generated"), READ),
}
