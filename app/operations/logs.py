"""The log files of the processes, under BAMARA_HOME/logs."""

from __future__ import annotations

from pathlib import Path
from typing import IO

LARGEST = 10 * 1024 * 1024  # bytes, then the file becomes <name>.log.1


def log_file(home: Path, name: str) -> IO[bytes]:
    path = _path(home, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LARGEST:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


def tail(home: Path, name: str, lines: int = 3) -> str:
    """The last lines, on one line, with the place where the rest is to be read."""
    written = _path(home, name).read_text(errors="replace").strip().splitlines()
    return f"{' | '.join(written[-lines:])} (suite dans {_path(home, name)})"


def _path(home: Path, name: str) -> Path:
    return home / "logs" / f"{name}.log"
