"""The files that a form brings: those really chosen, and which of them are mails."""

from __future__ import annotations

from collections.abc import Iterable

from werkzeug.datastructures import FileStorage

from app.cda.channels.upload import MOST_FILES, Dropped


def files_of(given: Iterable[FileStorage]) -> list[FileStorage]:
    """A browser sends an empty file when none is chosen."""
    return [file for file in given if file.filename][:MOST_FILES]


def read(file: FileStorage) -> Dropped:
    """A large file waits on the disk: it is closed at once."""
    with file.stream as stream:
        return Dropped(stream.read(), _is_mail(file))


def _is_mail(file: FileStorage) -> bool:
    return (file.filename or "").lower().endswith(".eml") or file.mimetype == "message/rfc822"
