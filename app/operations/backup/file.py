"""The file: a zip of the parts, of the manifest and of its seal. Never whole in memory, one way or the other.

It is written under another name, readable by its owner alone, and takes its own once it is whole and on the disk."""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from app.operations.backup import manifest as manifests
from app.operations.backup.manifest import Manifest, Part
from app.operations.backup.refusals import NOT_A_BACKUP, BadBackup, CannotBackUp, damaged

MANIFEST, SEAL = "manifest.json", "manifest.seal"
PIECE = 1 << 20
LARGEST_MANIFEST = 64 << 20
LEAST_BOUND, MOST_SWELLING = 64 << 20, 200
"""What a file may hold once inflated: so many bytes, or so many times its own size."""
EFFORT = 1
"""Of the compression: the most makes the file a fifth smaller and takes five times as long."""
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def name_of(table: str) -> str:
    return f"tables/{table}.copy"


class Writing:
    """A backup being written: parts first, then what is said of them."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def part(self, table: str, columns: Sequence[str], pieces: Iterable[bytes]) -> Part:
        digest, size, rows = hashlib.sha256(), 0, 0
        with self._archive.open(name_of(table), "w", force_zip64=True) as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                size, rows = size + len(piece), rows + piece.count(b"\n")  # COPY writes a new line within a value as \n
        return Part(table, tuple(columns), rows, size, digest.hexdigest())

    def close(self, manifest: Manifest, secret_key: str) -> None:
        text = manifests.written(manifest)
        self._archive.writestr(MANIFEST, text)
        self._archive.writestr(SEAL, manifests.seal_of(secret_key, text))


@contextmanager
def writing(path: Path, *, replace: bool = False) -> Iterator[Writing]:
    """`path` exists once it is whole, or not at all; `replace`: a former one gives it its name. Raises CannotBackUp."""
    _refuse_what_stands(path, replace=replace)
    draft = path.with_name(f".{path.name}.{token_hex(4)}.part")
    try:
        with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=EFFORT) as archive:
                yield Writing(archive)
            file.flush()
            os.fsync(file.fileno())
        _refuse_what_stands(path, replace=replace)
        draft.replace(path)
    except OSError as failure:
        raise CannotBackUp(
            f"La sauvegarde n’a pas pu être écrite ({os.strerror(failure.errno or 0)}) : vérifier la place et les "
            "droits du dossier, puis recommencer. Aucun fichier n’a été laissé."
        ) from failure
    finally:
        draft.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup opened for reading, whose manifest has been read and its seal checked."""

    manifest: Manifest
    archive: zipfile.ZipFile

    def pieces(self, part: Part) -> Iterator[bytes]:
        """Raises BadBackup, at the end when the content is not what was said."""
        digest, size = hashlib.sha256(), 0
        try:
            with self.archive.open(name_of(part.table)) as file:
                while piece := file.read(PIECE):
                    size += len(piece)
                    if size > part.size:
                        break
                    digest.update(piece)
                    yield piece
        except BROKEN:
            raise damaged(part.table) from None
        if (size, digest.hexdigest()) != (part.size, part.sha256):
            raise damaged(part.table)

    def verify(self) -> None:
        """Every byte, every count. Raises BadBackup."""
        for part in self.manifest.parts:
            if sum(piece.count(b"\n") for piece in self.pieces(part)) != part.rows:
                raise damaged(part.table)


@contextmanager
def reading(path: Path, secret_key: str, *, other_key: bool = False) -> Iterator[Backup]:
    """Nothing is read outside the archive nor written anywhere: members are read by the names that are expected.
    Raises BadBackup."""
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
        archive = zipfile.ZipFile(path) if regular else None
    except BROKEN:
        archive = None
    if archive is None:
        raise BadBackup(NOT_A_BACKUP)
    with archive:
        text, seal = _told(archive, MANIFEST, LARGEST_MANIFEST), _told(archive, SEAL, PIECE)
        manifest = manifests.read(text)
        manifests.check_seal(secret_key, manifest, text, seal, other_key=other_key)
        _check_members(archive, manifest, path.stat().st_size)
        yield Backup(manifest, archive)


def _refuse_what_stands(path: Path, *, replace: bool) -> None:
    if not path.parent.is_dir():
        raise CannotBackUp(f"Le dossier {path.parent} n’existe pas : le créer, ou en donner un autre.")
    if path.exists() and not (replace and path.is_file()):
        raise CannotBackUp(f"Le fichier {path} existe déjà : donner un autre nom, ou ajouter --replace.")


def _told(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    try:
        with archive.open(name) as file:
            told = file.read(most + 1)
    except KeyError:
        raise BadBackup(NOT_A_BACKUP) from None
    except BROKEN:
        raise damaged("manifeste") from None
    if len(told) > most:
        raise BadBackup(NOT_A_BACKUP)
    return told


def _check_members(archive: zipfile.ZipFile, manifest: Manifest, file_size: int) -> None:
    expected = sorted([MANIFEST, SEAL, *(name_of(part.table) for part in manifest.parts)])
    if sorted(archive.namelist()) != expected:
        raise damaged("contenu")
    if manifest.size > max(LEAST_BOUND, MOST_SWELLING * file_size):
        raise damaged("taille")
