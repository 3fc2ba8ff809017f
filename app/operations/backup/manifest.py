"""What a backup says of itself, and the seal that proves it was not rewritten. Pure.

The seal is an HMAC-SHA256 of the manifest's bytes under the instance's BAMARA_SECRET_KEY; the manifest holds the
SHA-256 of every part. `key` tells which secret that was without telling it."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations.backup.refusals import CHANGED, NOT_A_BACKUP, OTHER_KEY, BadBackup, damaged, newer
from app.tenants.naming import CODE

FORMAT, VERSION = "bamara-hospital-backup", 1
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one table as COPY wrote them; `size` in bytes, `sha256` in hexadecimal."""

    table: str
    columns: tuple[str, ...]
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`made_at` in ISO 8601; `revision` is that of the hospital's migrations; `belongings` are the rows of `control`
    by table, the hospital's own under « hospital »; `sequences` are (last value, whether it was given)."""

    made_at: str
    revision: str
    key: str
    belongings: Mapping[str, list[Row]]
    parts: tuple[Part, ...]
    sequences: Mapping[str, tuple[int, bool]]

    @property
    def hospital(self) -> Row:
        return self.belongings["hospital"][0]

    @property
    def code(self) -> str:
        return str(self.hospital["code"])

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts)

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)

    def rows_of(self, table: str) -> int:
        return next((part.rows for part in self.parts if part.table == table), 0)


def written(manifest: Manifest) -> bytes:
    told = {"format": FORMAT, "version": VERSION, **asdict(manifest)}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def read(text: bytes) -> Manifest:
    """Raises BadBackup."""
    try:
        told = json.loads(text)
        known, version = told["format"] == FORMAT, int(told["version"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadBackup(NOT_A_BACKUP) from None
    if not known:
        raise BadBackup(NOT_A_BACKUP)
    if version > VERSION:
        raise newer(f"format {version}")
    try:
        return _manifest(told)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        raise damaged("manifeste") from None


def key_of(secret_key: str) -> str:
    return hmac.digest(secret_key.encode(), b"bamara|which key", "sha256").hex()[:16]


def seal_of(secret_key: str, text: bytes) -> bytes:
    return hmac.digest(secret_key.encode(), b"bamara|backup|" + text, "sha256").hex().encode()


def check_seal(secret_key: str, manifest: Manifest, text: bytes, seal: bytes, *, other_key: bool) -> None:
    """`other_key`: somebody has said that it was made under another one. Raises BadBackup."""
    if manifest.key == key_of(secret_key):
        if not hmac.compare_digest(seal, seal_of(secret_key, text)):
            raise BadBackup(CHANGED)
    elif not other_key:
        raise BadBackup(OTHER_KEY)


def _manifest(told: Row) -> Manifest:
    belongings = {str(table): [dict(row) for row in rows] for table, rows in told["belongings"].items()}
    _check_hospital(belongings["hospital"][0])
    datetime.fromisoformat(told["made_at"])
    return Manifest(
        made_at=told["made_at"] + "",
        revision=told["revision"] + "",
        key=told["key"] + "",
        belongings=belongings,
        parts=tuple(_part(part) for part in told["parts"]),
        sequences={str(name): (int(value), bool(given)) for name, (value, given) in told["sequences"].items()},
    )


def _check_hospital(row: Row) -> None:
    """Its code will name a schema, whoever wrote the file. Raises KeyError, TypeError, ValueError."""
    if not CODE.fullmatch(row["code"]):
        raise ValueError
    UUID(row["id"])
    row["placement"] += ""


def _part(told: Row) -> Part:
    columns = tuple(str(column) for column in told["columns"])
    return Part(told["table"] + "", columns, int(told["rows"]), int(told["size"]), told["sha256"] + "")
