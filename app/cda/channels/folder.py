"""A watched folder: a file put or renamed into it is received once its size is steady, committed, then moved away.

Killed in between, the next look finds the file again under the same transport id, made of its name and time."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from threading import Event

from app.cda import crash
from app.cda.channels.bring import KEPT_OF_A_GIANT, OCTETS_TOGETHER, TOGETHER, Brought, Kept, bring
from app.cda.channels.credentials import Watched, note_seen
from app.cda.channels.ways import Folder
from app.cda.unwrap.envelope import largest

LOOK_SECONDS = 1.0
SEEN_SECONDS = 15.0
EMPTY_SECONDS = 60.0
"""How long an empty file may wait for its content."""
DONE, REFUSED = "traites", "refuses"
UNFINISHED = (".part", ".tmp", ".filepart", ".partial", ".swp")

Look = tuple[int, int, int]
"""Size, time of its content, time of its name: the same twice, nobody is writing."""


class FolderGone(OSError):
    """The folder is no longer the one that was declared: missing, or a link to elsewhere."""


def serve(watched: Watched, stop: Event) -> None:
    """Until told to stop. Raises OSError when the folder cannot be read or written."""
    assert isinstance(watched.way, Folder)
    looks: Mapping[str, Look] = {}
    seen_until = 0.0
    while not stop.is_set():
        looks = look(watched, watched.way.path, looks)
        if time.monotonic() > seen_until:
            note_seen(watched.id)
            seen_until = time.monotonic() + SEEN_SECONDS
        stop.wait(LOOK_SECONDS)


def look(watched: Watched, path: str, before: Mapping[str, Look]) -> Mapping[str, Look]:
    """Receives what has not changed since the look `before`; tells what it saw."""
    with _opened(path) as folder:
        looks = dict(_looks(folder))
        steady = sorted((one for one, seen in looks.items() if before.get(one) == seen), key=lambda one: looks[one][2])
        for names in _held_together(steady, looks):
            brought = [_read(folder, name, looks[name]) for name in names]
            kept = bring(watched.hospital_code, watched.name, [one for one in brought if one])
            crash.step("folder.committed")
            _move(folder, kept)
            crash.step("folder.moved")
    return looks


@contextmanager
def _opened(path: str) -> Iterator[int]:
    """The folder itself, so that what is read and moved stays in it whatever becomes of its name."""
    if os.path.realpath(path) != path:
        raise FolderGone
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        for name in (DONE, REFUSED):
            with suppress(FileExistsError):
                os.mkdir(name, 0o770, dir_fd=folder)
        yield folder
    finally:
        os.close(folder)


def _looks(folder: int) -> Iterator[tuple[str, Look]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if _waits(entry):
                continue
            seen = entry.stat(follow_symlinks=False)
            if not stat.S_ISREG(seen.st_mode):
                _set_aside(folder, entry.name, REFUSED, "lien")  # the link itself: where it leads is never read
            elif seen.st_size or time.time() - seen.st_mtime > EMPTY_SECONDS:
                yield entry.name, (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)


def _waits(entry: os.DirEntry[str]) -> bool:
    unfinished = entry.name.startswith(".") or entry.name.lower().endswith(UNFINISHED)
    return unfinished or entry.is_dir(follow_symlinks=False)


def _held_together(names: Iterable[str], looks: Mapping[str, Look]) -> Iterator[list[str]]:
    """Few enough files, and small enough, to be in memory at once."""
    some: list[str] = []
    octets = 0
    for name in names:
        size = looks[name][0]
        if some and (len(some) == TOGETHER or octets + size > OCTETS_TOGETHER):
            yield some
            some, octets = [], 0
        some.append(name)
        octets += size
    if some:
        yield some


def _read(folder: int, name: str, seen: Look) -> Brought | None:
    is_mail = name.lower().endswith(".eml")
    most = largest(is_mail=is_mail)
    try:
        file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except FileNotFoundError:  # taken back by whoever put it
        return None
    with open(file, "rb") as content:
        whole = os.fstat(file).st_size <= most
        body = content.read(most + 1 if whole else KEPT_OF_A_GIANT)
    return Brought(name, _transport_id(name, seen), body, is_mail, whole)


def _transport_id(name: str, seen: Look) -> str:
    """The name is not kept as it is: it is often a patient's, and the journal shows transport ids (D3)."""
    return f"file {hashlib.sha256(os.fsencode(name)).hexdigest()[:32]} {seen[2]}"


def _move(folder: int, kept: Sequence[Kept]) -> None:
    for one in kept:
        _set_aside(folder, one.key, REFUSED if one.refused else DONE, one.document_id)


def _set_aside(folder: int, name: str, place: str, mark: str) -> None:
    """Under its own name, with a mark when another of that name is there. Into the folder itself: a link of that name
    could lead into another hospital's."""
    aside = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
    try:
        target = name
        with suppress(FileNotFoundError):
            os.stat(name, dir_fd=aside, follow_symlinks=False)
            target = f"{mark}.{name}"
        os.rename(name, target, src_dir_fd=folder, dst_dir_fd=aside)
    finally:
        os.close(aside)
