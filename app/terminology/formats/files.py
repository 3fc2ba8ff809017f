"""Opening what a terminology is published in: a file, compressed or not, or the files of a zip. Never trusted: sizes
are bounded, nothing is extracted to the disk, a broken file is refused with a French sentence."""

from __future__ import annotations

import codecs
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from app.terminology.concepts import BadFile

LARGEST = 4 * 1024**3
"""Bytes once opened: the national extract of the RPPS is about a fifth of it."""
MOST_FILES = 500
CHUNK = 1 << 20
ENCODINGS = ("utf-8-sig", "cp1252")
"""Tried in this order: cp1252 reads nearly anything, as old extracts of the INSEE, the ATIH and FINESS want."""
BROKEN = (EOFError, OSError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)
"""What gzip and zipfile raise on a truncated, damaged or encrypted file."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """`name` has neither folder nor « .gz »; `open_bytes` opens it anew each time, from its first byte."""

    name: str
    open_bytes: Callable[[], BinaryIO]

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Raises BadFile where the bytes cannot be read, or are too many."""
        try:
            with self.open_bytes() as stream, io.BufferedReader(_Bounded(stream, self.name), CHUNK) as bounded:
                yield bounded
        except BROKEN as broken:
            raise BadFile(f"Le fichier {self.name} est incomplet ou abîmé : le télécharger à nouveau.") from broken

    def beginning(self, size: int = 65536) -> bytes:
        with self.opened() as stream:
            return stream.read(size)

    @contextmanager
    def lines(self) -> Iterator[io.TextIOWrapper]:
        """As text, its line ends kept as they are. Raises BadFile."""
        encoding = _encoding_of(self)
        with self.opened() as stream, io.TextIOWrapper(stream, encoding, newline="") as text:
            yield text


def files_in(path: Path) -> list[SourceFile]:
    """The file itself, or those of the zip. Raises BadFile."""
    if not path.is_file():
        raise BadFile(f"Le fichier {path} n’existe pas, ou c’est un dossier.")
    if zipfile.is_zipfile(path):
        return _files_of_zip(path)
    with path.open("rb") as stream:
        opener = _opens_gzip if stream.read(2) == b"\x1f\x8b" else _opens_plain
    return [SourceFile(path.name.removesuffix(".gz"), partial(opener, path))]


def _opens_plain(path: Path) -> BinaryIO:
    return path.open("rb")


def _opens_gzip(path: Path) -> BinaryIO:
    return gzip.open(path, "rb")  # type: ignore[return-value] # read as bytes, it is one


def _files_of_zip(path: Path) -> list[SourceFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
    except BROKEN as broken:
        raise BadFile(f"Le fichier {path.name} n’est pas un zip lisible : le télécharger à nouveau.") from broken
    if len(members) > MOST_FILES or sum(member.file_size for member in members) > LARGEST:
        raise BadFile(f"Le fichier {path.name} contient trop de fichiers, ou trop d’octets une fois ouvert.")
    return [SourceFile(PurePosixPath(one.filename).name, partial(_opens_member, path, one.filename)) for one in members]


def _opens_member(path: Path, member: str) -> BinaryIO:
    with zipfile.ZipFile(path) as archive:  # its file stays open for the member alone
        return archive.open(member)  # type: ignore[return-value] # read as bytes, it is one


def _encoding_of(file: SourceFile) -> str:
    for encoding in ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        with file.opened() as stream:
            try:
                while chunk := stream.read(CHUNK):
                    if b"\0" in chunk:
                        raise BadFile(f"Le fichier {file.name} n’est pas un texte (UTF-8 ou Windows-1252 attendu).")
                    decoder.decode(chunk)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                continue
            return encoding
    raise BadFile(f"Le fichier {file.name} n’est ni en UTF-8 ni en Windows-1252.")


class _Bounded(io.RawIOBase):
    """Reads another stream, no further than LARGEST."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name, self._left = stream, name, LARGEST

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        content = self._stream.read(len(buffer))
        self._left -= len(content)
        if self._left < 0:
            raise BadFile(f"Le fichier {self._name} dépasse {LARGEST // 1024**3} Gio une fois ouvert.")
        buffer[: len(content)] = content
        return len(content)
