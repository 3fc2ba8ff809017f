"""Archives made to hurt, or only odd: each with the code of its answer; "read" when its document is read."""

from __future__ import annotations

import hashlib
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from app.cda.outcomes import Code
from app.operations.demo.described import NEWBORN
from app.operations.demo.documents import make_document
from tests.enclosing import FOLDER, entry, metadata, xdm, zipped

READ, NOT_FOR_US = "read", "not for us"
MEBIBYTE = 1024 * 1024
PLAIN = make_document(NEWBORN)
NAME = f"{FOLDER}/DOC00001.XML"
GOOD = xdm(PLAIN)
CENTRAL, END, LOCAL = b"PK\x01\x02", b"PK\x05\x06", b"PK\x03\x04"

Case = Callable[[], bytes]


def named(name: str, body: bytes = b"x") -> Case:
    """A good archive with one more entry."""
    return lambda: xdm(PLAIN, more={name: body})


def kind_of_file(mode: int) -> Case:
    def make() -> bytes:
        info = zipfile.ZipInfo(f"{FOLDER}/LINK")
        info.external_attr, info.create_system = (mode | 0o777) << 16, 3
        return with_entry(info, b"/etc/passwd")

    return make


def with_entry(info: zipfile.ZipInfo, body: bytes) -> bytes:
    written = io.BytesIO(GOOD)
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr(info, body)
    return written.getvalue()


def central(field: int, layout: str, value: Any, which: int = -1) -> Case:
    """The good archive with a field of the directory changed: that of its last entry, the document."""

    def make() -> bytes:
        body = bytearray(GOOD)
        at = _places(GOOD, CENTRAL)[which]
        struct.pack_into(layout, body, at + field, value)
        return bytes(body)

    return make


def local(field: int, layout: str, value: Any) -> Case:
    def make() -> bytes:
        body = bytearray(GOOD)
        struct.pack_into(layout, body, _places(GOOD, LOCAL)[-1] + field, value)
        return bytes(body)

    return make


def end(field: int, layout: str, value: Any) -> Case:
    def make() -> bytes:
        body = bytearray(GOOD)
        struct.pack_into(layout, body, GOOD.rindex(END) + field, value)
        return bytes(body)

    return make


def _places(body: bytes, magic: bytes) -> list[int]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        offsets = [info.header_offset for info in archive.infolist()]
    if magic == LOCAL:
        return offsets
    at, found = struct.unpack_from("<L", body, body.rindex(END) + 16)[0], []
    while body[at : at + 4] == CENTRAL:
        found.append(at)
        lengths = struct.unpack_from("<3H", body, at + 28)
        at += 46 + sum(lengths)
    return found


def announcing(body: bytes = PLAIN, **lie: Any) -> Case:
    return lambda: xdm(body, announced=[lie])


def with_metadata(written: bytes | str) -> Case:
    body = written.encode() if isinstance(written, str) else written
    return lambda: zipped({f"{FOLDER}/METADATA.XML": body, NAME: PLAIN})


def several(number: int) -> bytes:
    return zipped({f"{number:05}": b"" for number in range(number)} | {"z": b""})


def overlapping() -> bytes:
    """Sixty entries of the directory that share the octets of one (Fifield's bomb, the simple way)."""
    one = zipped({"a": b"\0" * (8 * MEBIBYTE)})
    at, stop = _places(one, CENTRAL)[0], one.rindex(END)
    record = one[at:stop]
    tail = bytearray(one[stop:])
    struct.pack_into("<2H2L", tail, 8, 60, 60, len(record) * 60, at)
    return one[:at] + record * 60 + bytes(tail)


def streamed() -> bytes:
    """Sizes after the content, as one who does not know them beforehand writes."""

    class OneWay(io.RawIOBase):
        def __init__(self) -> None:
            self.written = b""

        def writable(self) -> bool:
            return True

        def write(self, piece: Any) -> int:
            self.written += bytes(piece)
            return len(piece)

    out = OneWay()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{FOLDER}/METADATA.XML", metadata(entry("DOC00001.XML", PLAIN)))
        archive.writestr(NAME, PLAIN)
    return out.written


def commented(comment: bytes) -> Case:
    def make() -> bytes:
        body = bytearray(GOOD)
        struct.pack_into("<H", body, len(body) - 2, len(comment))
        return bytes(body) + comment

    return make


def zip64_locator() -> bytes:
    at = GOOD.rindex(END)
    return GOOD[:at] + struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1) + GOOD[at:]


DECLARATION = '<?xml version="1.0"?>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
EMPTY = '<r xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"/>'
OTHER_NAMESPACE = (
    '<r xmlns="urn:oasis:names:tc:ebxml-regrep:rim:xsd:2.1"><ExtrinsicObject mimeType="text/xml"><Slot name="URI">'
    "<ValueList><Value>DOC00001.XML</Value></ValueList></Slot></ExtrinsicObject></r>"
)
SPLIT = OTHER_NAMESPACE.replace("<Value>DOC00001.XML</Value>", "<Value>2|0001.XML</Value><Value>1|DOC0</Value>")

HOSTILE: dict[str, tuple[Case, Code | str]] = {
    # --- bombs ---
    "a bomb in an entry nobody asked for": (named("README2", b"\0" * 15 * MEBIBYTE), Code.ZIP),
    "a bomb as metadata": (with_metadata(b" " * 15 * MEBIBYTE), Code.ZIP),
    "a bomb that says it is small": (lambda: _lying_bomb(), Code.ZIP),
    "a document of 21 MiB": (announcing(b"<a>" + bytes(range(32, 60)) * 800_000 + b"</a>"), Code.ZIP),
    "a hundred MiB in all": (lambda: _bulky(), Code.ZIP),
    "entries that share their octets": (overlapping, Code.ZIP),
    "10 MiB and one octet": (lambda: GOOD + bytes(10 * MEBIBYTE), Code.SIZE),
    "65 entries": (lambda: several(64), Code.ZIP),
    "ten thousand entries": (lambda: several(10_000), Code.ZIP),
    "64 entries": (lambda: xdm(PLAIN, more={f"X/{n}": b"x" for n in range(60)}), READ),
    # --- names ---
    "a name that climbs": (named("../../etc/cron.d/x"), Code.ZIP),
    "a name that climbs inside": (named(f"{FOLDER}/../../../x"), Code.ZIP),
    "an absolute name": (named("/etc/passwd"), Code.ZIP),
    "a drive": (named("C:/x"), Code.ZIP),
    "a backslash": (named("IHE_XDM\\SUBSET01\\X"), Code.ZIP),
    "a climbing backslash": (named("..\\..\\x"), Code.ZIP),
    "a network path": (named("//server/share"), Code.ZIP),
    "a NUL": (lambda: xdm(PLAIN, more={"aXb": b""}).replace(b"aXb", b"a\0b"), Code.ZIP),
    "an end of line": (named("a\nb"), Code.ZIP),
    "an escape sequence": (named("a\x1b[2Jb"), Code.ZIP),
    "a right-to-left mark": (named("a\u202egpj.exe"), Code.ZIP),
    "two dots as a name": (named(".."), Code.ZIP),
    "a long name": (lambda: zipped({"a" * 65_000: b"", "b" * 65_000: b""}), Code.ZIP),
    "accents": (named("Éléphant/naïve.txt"), READ),
    "Japanese": (named("\u65e5\u672c.txt"), READ),
    "a name twice": (lambda: _twice(NAME), Code.ZIP),
    "metadata twice": (lambda: _twice(f"{FOLDER}/METADATA.XML"), Code.ZIP),
    # --- kinds of entries ---
    "a symbolic link": (kind_of_file(stat.S_IFLNK), Code.ZIP),
    "a device": (kind_of_file(stat.S_IFBLK), Code.ZIP),
    "a pipe": (kind_of_file(stat.S_IFIFO), Code.ZIP),
    "a socket": (kind_of_file(stat.S_IFSOCK), Code.ZIP),
    "folders of their own": (lambda: xdm(PLAIN, more={"IHE_XDM/": b"", f"{FOLDER}/": b""}), READ),
    "only folders": (lambda: zipped({"IHE_XDM/": b"", f"{FOLDER}/": b""}), Code.ZIP),
    # --- encryption, compression, nesting ---
    "encrypted": (central(8, "<H", 0x1), Code.ZIP),
    "strongly encrypted": (central(8, "<H", 0x41), Code.ZIP),
    "encrypted, says the entry alone, and is not": (local(6, "<H", 0x1), READ),
    "AES": (central(10, "<H", 99), Code.ZIP),
    "bzip2": (lambda: zipped({NAME: PLAIN}, zipfile.ZIP_BZIP2), Code.ZIP),
    "lzma": (lambda: zipped({NAME: PLAIN}, zipfile.ZIP_LZMA), Code.ZIP),
    "deflate64": (central(10, "<H", 9), Code.ZIP),
    "an unknown compression": (central(10, "<H", 1234), Code.ZIP),
    "an archive within": (named(f"{FOLDER}/MORE.ZIP", GOOD), Code.ZIP),
    "an archive within, by another name": (named("INDEX2.HTM", GOOD), Code.ZIP),
    "an archive as document": (announcing(GOOD), Code.ZIP),
    "stored": (lambda: zipped(_files(), zipfile.ZIP_STORED), READ),
    "streamed": (streamed, READ),
    # --- lies of the directory ---
    "a checksum that differs": (central(16, "<L", 1), Code.ZIP),
    "a size of nothing": (central(24, "<L", 0), Code.ZIP),
    "a size one too large": (central(24, "<L", len(PLAIN) + 1), READ),
    "a size of four gigabytes": (central(24, "<L", 0xFFFFFFFE), Code.ZIP),
    "a size left to ZIP64": (central(24, "<L", 0xFFFFFFFF), Code.ZIP),
    "a compressed size of nothing": (central(20, "<L", 0), Code.ZIP),
    "a compressed size beyond the file": (central(20, "<L", 0x7FFFFFFF), READ),
    "an entry that stands elsewhere": (central(42, "<L", 12), Code.ZIP),
    "an entry beyond the end": (central(42, "<L", 0x7FFFFFFF), Code.ZIP),
    "a name that differs": (lambda: GOOD.replace(NAME.encode(), b"X" * len(NAME), 1), Code.ZIP),
    "fewer entries than there are": (end(10, "<H", 1), Code.ZIP),
    "a directory of four gigabytes": (end(12, "<L", 0xFFFFFFFF), Code.ZIP),
    "a directory that begins too late": (end(16, "<L", 0xFFFFFFF0), Code.ZIP),
    "several volumes": (end(4, "<H", 1), Code.ZIP),
    "a locator of ZIP64": (zip64_locator, Code.ZIP),
    "a comment": (commented(b"bonjour"), READ),
    "a comment of 64 kB": (commented(b"x" * 65_535), READ),
    "a comment that is an end": (commented(END + bytes(18)), Code.ZIP),
    "cut in the middle": (lambda: GOOD[: len(GOOD) // 2], Code.ZIP),
    "cut in the directory": (lambda: GOOD[: GOOD.rindex(END) - 10], Code.ZIP),
    "cut in its end": (lambda: GOOD[:-5], Code.ZIP),
    "only its first octets": (lambda: LOCAL, Code.ZIP),
    "an empty archive": (lambda: zipped({}), Code.ZIP),
    "something before": (lambda: b"MZ" + GOOD, Code.ZIP),
    "octets changed inside": (lambda: _scrambled(), Code.ZIP),
    # --- metadata ---
    "no metadata": (lambda: zipped({NAME: PLAIN}), Code.ZIP),
    "metadata in small letters": (lambda: zipped(_files(metadata_name=f"{FOLDER}/metadata.xml")), Code.ZIP),
    "metadata one folder too high": (lambda: zipped(_files(metadata_name="IHE_XDM/METADATA.XML")), Code.ZIP),
    "metadata one folder too deep": (lambda: zipped(_files(metadata_name=f"{FOLDER}/A/METADATA.XML")), Code.ZIP),
    "metadata that are a folder": (lambda: zipped({f"{FOLDER}/METADATA.XML/": b"", NAME: PLAIN}), Code.ZIP),
    "empty metadata": (with_metadata(b""), Code.XML),
    "metadata that are no XML": (with_metadata(b"bonjour"), Code.XML),
    "metadata cut short": (with_metadata(metadata(entry("DOC00001.XML", PLAIN))[:-20]), Code.XML),
    "metadata that announce nothing": (with_metadata(EMPTY), Code.ZIP),
    "a DOCTYPE in the metadata": (with_metadata(f"{DECLARATION}<!DOCTYPE r>{EMPTY}"), Code.DOCTYPE),
    "an external entity in the metadata": (
        with_metadata(f'{DECLARATION}<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>'),
        Code.DOCTYPE,
    ),
    "billion laughs in the metadata": (
        with_metadata(f'{DECLARATION}<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]><r>&l9;</r>'),
        Code.DOCTYPE,
    ),
    "metadata of a thousand levels": (with_metadata("<a>" * 1000 + "</a>" * 1000), Code.SIZE),
    "metadata of ebRIM 2": (with_metadata(OTHER_NAMESPACE), READ),
    "an URI in pieces": (with_metadata(SPLIT), READ),
    "ten thousand documents announced": (
        with_metadata(metadata(*(entry("DOC00001.XML", PLAIN) for _ in range(10_000)))),
        Code.ZIP,
    ),
    "a document announced twice": (with_metadata(metadata(*[entry("DOC00001.XML", PLAIN)] * 2)), Code.ZIP),
    "a document that is not there": (announcing(uri="DOC00002.XML"), Code.ZIP),
    "an URI that climbs": (announcing(uri="../../../etc/passwd"), Code.ZIP),
    "an URI that climbs, escaped": (announcing(uri="%2e%2e/%2e%2e/%2e%2e/etc/passwd"), Code.ZIP),
    "an absolute URI": (announcing(uri="/etc/passwd"), Code.ZIP),
    "an URI of a file": (announcing(uri="file:///etc/passwd"), Code.ZIP),
    "an URI of the network": (announcing(uri="http://localhost:9/DOC00001.XML"), Code.ZIP),
    "an empty URI": (announcing(uri=""), Code.ZIP),
    "no URI": (announcing(uri=None), Code.ZIP),
    "an URI that is the metadata": (announcing(uri="METADATA.XML"), Code.HASH),
    # --- size, hash, patients, documents ---
    "a wrong hash": (announcing(hash="0" * 40), Code.HASH),
    "a hash of another kind": (announcing(hash="a" * 64), Code.HASH),
    "a wrong size": (announcing(size=1), Code.HASH),
    "a negative size": (announcing(size=-1), Code.HASH),
    "a size with words": (announcing(size="beaucoup"), Code.HASH),
    "a hash in capitals": (lambda: _capitals(), READ),
    "two patients, say the metadata": (lambda: _two_patients(), Code.MULTI),
    "a letter": (announcing(b"%PDF", mime_type="application/pdf"), NOT_FOR_US),
    "a letter that says it is XML": (announcing(b"%PDF"), Code.XML),
    "another XML": (announcing(b"<ClinicalDocument/>"), NOT_FOR_US),
    "an empty document": (announcing(b""), Code.XML),
    "a DOCTYPE in the document": (announcing(b"<!DOCTYPE a><a/>"), Code.DOCTYPE),
    "a document of 11 MiB": (lambda: _large_document(), Code.SIZE),
}


def _files(metadata_name: str = f"{FOLDER}/METADATA.XML") -> dict[str, bytes]:
    return {metadata_name: metadata(entry("DOC00001.XML", PLAIN)), NAME: PLAIN}


def _lying_bomb() -> bytes:
    bomb = bytearray(zipped({f"{FOLDER}/METADATA.XML": b"\0" * (50 * MEBIBYTE)}))
    struct.pack_into("<L", bomb, _places(bytes(bomb), CENTRAL)[0] + 24, 1000)
    return bytes(bomb)


def _bulky() -> bytes:
    """Six entries of 18 MiB, each compressed within the ratio."""
    piece = zlib.compress(bytes(range(256)))[:200] * 6
    return xdm(PLAIN, more={f"X{n}": piece * (18 * MEBIBYTE // len(piece)) for n in range(6)})


def _twice(name: str) -> bytes:
    """An entry of a twin name, renamed in place: the lengths are the same."""
    twin = name[:-1] + "_"
    return with_entry(zipfile.ZipInfo(twin), PLAIN).replace(twin.encode(), name.encode())


def _scrambled() -> bytes:
    body = bytearray(GOOD)
    at = _places(GOOD, LOCAL)[-1] + 200
    body[at : at + 400] = bytes(reversed(body[at : at + 400]))
    return bytes(body)


def _capitals() -> bytes:
    return xdm(PLAIN, announced=[{"hash": hashlib.sha1(PLAIN).hexdigest().upper()}])


def _two_patients() -> bytes:
    return xdm(PLAIN, PLAIN.replace(b"ROUSSEL", b"ROUSSEAU"), announced=[{"patient": "1^^^A"}, {"patient": "2^^^A"}])


def _large_document() -> bytes:
    filler = b"".join(b"<!-- %d -->" % (number * 7919 % 999_983) for number in range(800_000))
    return xdm(PLAIN + filler)
