"""Secrets made once and kept in files that only their owner can read."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def kept_secret(home: Path, name: str) -> str:
    """The secret of that name under `home/secrets`, made at the first call: 64 hexadecimal characters."""
    folder = home / "secrets"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    _make_once(folder / name)
    return (folder / name).read_text().strip()


def _make_once(path: Path) -> None:
    """Written aside then linked: two processes starting together read the same secret, and never half of one."""
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_hex(32))
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
