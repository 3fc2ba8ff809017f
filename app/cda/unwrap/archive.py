"""A zip read as a stream, within limits, in memory: nothing is ever written to a disk, no size it declares is believed.

Pure. Raises Rejection (E-ZIP, E-SIZE)."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import NoReturn

from app.cda.outcomes import Code, Rejection
from app.cda.unwrap.enclosed import ZIP_MAGIC
from app.cda.unwrap.limits import Limits

END = struct.Struct("<4s4H2LH")
END_MAGIC, ZIP64_MAGIC = b"PK\x05\x06", b"PK\x06\x07"
ZIP64_LENGTH = 20
LONGEST_COMMENT = 65_535
LARGEST_ENTRY_RECORD = 1024
"""Octets of an entry in the directory: its name is a few words."""
PIECE = 64 * 1024
SMALL = 64 * 1024
"""A small entry may be made of one letter: its ratio says nothing."""


class Archive:
    """The entries are checked at the opening; those that are read are inflated within the bounds of all."""

    def __init__(self, body: bytes, limits: Limits) -> None:
        if len(body) > limits.archive:
            raise Rejection(Code.SIZE, f"L’archive dépasse {limits.archive // 1024 // 1024} Mio.")
        _check_directory(body, limits)
        self.limits, self.left = limits, limits.unzipped
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(body))
        except _BROKEN:
            _refuse("L’archive est abîmée.")
        self.entries = self._checked_entries()

    def names(self) -> list[str]:
        return list(self.entries)

    def read(self, name: str) -> bytes:
        """Its content, whole and with the right checksum. Raises KeyError for a name that is not there."""
        entry, pieces, size = self.entries[name], [], 0
        most = min(self.limits.entry, self.left, max(SMALL, entry.compress_size * self.limits.ratio))
        try:
            with self._zip.open(entry) as stream:
                while piece := stream.read(PIECE):
                    pieces.append(piece)
                    size += len(piece)
                    if size > most:
                        raise Rejection(Code.ZIP, "Une entrée de l’archive est plus grande qu’admis.")
        except _BROKEN:
            _refuse("Une entrée de l’archive est abîmée.")
        self.left -= size
        return b"".join(pieces)

    def begins(self, name: str) -> bytes:
        """Its first four octets."""
        try:
            with self._zip.open(self.entries[name]) as stream:
                return stream.read(4)
        except _BROKEN:
            _refuse("Une entrée de l’archive est abîmée.")

    def _checked_entries(self) -> dict[str, zipfile.ZipInfo]:
        every = self._zip.infolist()
        if len(every) > self.limits.entries:
            raise Rejection(Code.ZIP, f"Plus de {self.limits.entries} entrées.")
        if sum(entry.file_size for entry in every) > self.limits.unzipped:
            raise Rejection(Code.ZIP, "L’archive décompressée dépasserait la taille admise.")
        checked: dict[str, zipfile.ZipInfo] = {}
        for entry in every:
            for is_wrong, says in REFUSALS:
                if is_wrong(entry, self.limits):
                    _refuse(says)
            if entry.filename in checked:
                _refuse("Deux entrées de l’archive portent le même nom.")
            checked[entry.filename] = entry
        return {name: entry for name, entry in checked.items() if not entry.is_dir()}


def _check_directory(body: bytes, limits: Limits) -> None:
    """Before anything is made of it: a directory of a million entries would take the memory that it describes."""
    if not body.startswith(ZIP_MAGIC):
        _refuse("Ce n’est pas une archive zip.")
    at = body.rfind(END_MAGIC, max(0, len(body) - LONGEST_COMMENT - END.size))
    if at < 0 or at + END.size > len(body):
        _refuse("L’archive est tronquée.")
    if body[max(0, at - ZIP64_LENGTH) : at].startswith(ZIP64_MAGIC):
        _refuse("Le format ZIP64 n’a pas lieu d’être pour une archive de cette taille.")
    _, disk, first_disk, here, total, size, offset, _ = END.unpack_from(body, at)
    if disk or first_disk or here != total:
        _refuse("L’archive est en plusieurs volumes.")
    if total > limits.entries or size > limits.entries * LARGEST_ENTRY_RECORD:
        raise Rejection(Code.ZIP, f"Plus de {limits.entries} entrées.")
    if offset + size > at:
        _refuse("Le sommaire de l’archive est faux.")


def _refuse(detail: str) -> NoReturn:
    raise Rejection(Code.ZIP, detail) from None


def _is_link(entry: zipfile.ZipInfo, _: Limits) -> bool:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return kind not in (0, stat.S_IFREG, stat.S_IFDIR)


def _leads_outside(entry: zipfile.ZipInfo, _: Limits) -> bool:
    name = entry.orig_filename
    steps = re.split(r"[/\\]", name)
    return name.startswith(("/", "\\")) or ".." in steps or ":" in name or "\\" in name or not name.isprintable()


def _swells(entry: zipfile.ZipInfo, limits: Limits) -> bool:
    return entry.file_size > max(SMALL, entry.compress_size * limits.ratio)


REFUSALS: tuple[tuple[Callable[[zipfile.ZipInfo, Limits], bool], str], ...] = (
    (lambda entry, _: bool(entry.flag_bits & 0x1), "L’archive est chiffrée."),
    (_leads_outside, "Une entrée de l’archive porte un nom qui mène ailleurs."),
    (_is_link, "Une entrée de l’archive est un lien ou un fichier spécial."),
    (
        lambda entry, _: entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED),
        "Une entrée de l’archive est compressée autrement que par deflate.",
    ),
    (lambda entry, limits: entry.file_size > limits.entry, "Une entrée de l’archive est plus grande qu’admis."),
    (_swells, "Une entrée de l’archive est compressée plus qu’admis."),
)
"""What is wrong with an entry → what to say of it."""
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    OverflowError,
)
"""What the standard library raises on an archive made to hurt."""
