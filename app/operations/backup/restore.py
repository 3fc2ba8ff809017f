"""A backup takes the place of the hospital, in one transaction: killed anywhere, it leaves the hospital as it was.

The file is verified to its last byte first. Then nobody comes into the hospital; the schema is built beside what was
there, at the revision of the backup, filled, brought to today's revision and compared with a new one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from app.clock import now
from app.operations.backup import belongings, file, tables, traces
from app.operations.backup.file import Backup
from app.operations.backup.manifest import Manifest, key_of
from app.operations.backup.place import Place, place_of, placement_of, row_of
from app.operations.backup.refusals import NOTHING_CHANGED, CannotRestore, damaged, newer
from app.operations.backup.traces import Traces
from app.tenants import directory, migrations
from app.tenants.bind import EMPTIED
from app.tenants.build import build
from app.tenants.check import looks_new
from app.tenants.migrations import knows
from app.tenants.placement import owner_transactions
from app.tenants.upgrade import alone, say

PATIENCE = "set local lock_timeout = '60s'"
LOCK_NOT_AVAILABLE = "55P03"
BUSY = f"Un travail est en cours dans l’établissement : recommencer ensuite. {NOTHING_CHANGED}"
REFUSED = f"PostgreSQL a refusé la restauration ({{}}) : voir « doctor ». {NOTHING_CHANGED}"


@dataclass(frozen=True, slots=True)
class Restored:
    """`revision` is today's; `lost_documents` were received since the backup and are no more there, the first of them
    at `lost_since`; `left_out` are the rows of `control` that could not be opened again, by table."""

    manifest: Manifest
    revision: str
    opened_again: bool
    traces: Traces
    lost_documents: int
    lost_since: datetime | None
    left_out: dict[str, int]
    closed_channels: int


def restore(path: Path, secret_key: str, *, other_key: bool = False, with_channels: bool = False) -> Restored:
    """`with_channels`: the folders and mailboxes of a hospital opened again are read again. Raises CannotRestore,
    UpgradeUnderWay."""
    with file.reading(path, secret_key, other_key=other_key) as backup:
        manifest = backup.manifest
        if not knows(migrations.TENANT, manifest.revision):
            raise newer(f"révision {manifest.revision}")
        backup.verify()
        opens = with_channels and manifest.key == key_of(secret_key)
        with alone(), _undone_when_refused():
            restored = _restore(backup, opens)
    directory.forget(manifest.code)
    return restored


def _restore(backup: Backup, opens_channels: bool) -> Restored:
    manifest = backup.manifest
    with owner_transactions(placement_of(manifest)) as (control, home):
        place = place_of(control, manifest)
        left_out = {}
        if not place.known:
            row = row_of(control, place, manifest)
            left_out = belongings.open_again(control, manifest.belongings, row, with_channels=opens_channels)
        former = _empty(home, place)
        revision = _fill(home, place, backup)
        found = traces.carry_on(control, home, place.code, place.schema, former, now())
        lost, since = _lost_documents(home, place.schema, former)
        if former:
            home.exec_driver_sql(f'drop schema "{former}" cascade')
        say(control, place.id, revision, "current", None)
        closed = 0 if place.known or opens_channels else belongings.closed_channels(manifest.belongings)
        restored = Restored(manifest, revision, not place.known, found, lost, since, left_out, closed)
        traces.trace(control, home, place.schema, place.id, _told(restored))
    return restored


def _empty(home: Connection, place: Place) -> str | None:
    """Waits for those who are in the hospital, then moves what is there aside; the name it has now."""
    home.exec_driver_sql(PATIENCE)
    home.exec_driver_sql(EMPTIED, (place.schema,))
    if not tables.shape(home, place.schema).columns:
        home.exec_driver_sql(f'drop schema if exists "{place.schema}" cascade')
        return None
    former = f"{place.schema}_former"
    home.exec_driver_sql(f'alter schema "{place.schema}" rename to "{former}"')
    return former


def _fill(home: Connection, place: Place, backup: Backup) -> str:
    manifest = backup.manifest
    build(home, place.database, place.schema, place.role, manifest.revision)
    home.exec_driver_sql(tables.SETTINGS)
    made = tables.shape(home, place.schema)
    if made.columns != {part.table: part.columns for part in manifest.parts}:
        raise damaged("tables")
    if set(made.sequences) != set(manifest.sequences):
        raise damaged("compteurs")
    parts = {part.table: part for part in manifest.parts}
    for table in tables.in_order(home, place.schema, parts):
        part = parts[table]
        if tables.copy_in(home, place.schema, table, part.columns, backup.pieces(part)) != part.rows:
            raise damaged(table)
    tables.set_sequences(home, place.schema, manifest.sequences)
    revision = build(home, place.database, place.schema, place.role)
    if not looks_new(home, place.database, place.schema, place.role):
        raise CannotRestore(f"Les tables restaurées ne sont pas celles d’un établissement neuf. {NOTHING_CHANGED}")
    for table in parts:
        home.exec_driver_sql(f'analyze "{place.schema}"."{table}"')
    return revision


def _lost_documents(home: Connection, schema: str, former: str | None) -> tuple[int, datetime | None]:
    """Those that somebody sent: neither the mails they came in nor what was replayed here."""
    columns = tables.shape(home, former).columns.get("received_document") if former else None
    if columns is None:
        return 0, None
    sent = " and ".join(f"{column} is null" for column in ("envelope", "replay_of") if column in columns)
    row = home.execute(text(_LOST.format(new=schema, old=former, sent=sent or "true"))).one()
    return row[0], row[1]


def _told(restored: Restored) -> dict[str, object]:
    found = restored.traces
    return {
        "made_at": restored.manifest.made_at,
        "key": restored.manifest.key,
        "opened_again": restored.opened_again,
        "lost_documents": restored.lost_documents,
        "traces_kept": found.kept,
        "lost_traces": found.lost,
        "found": found.found,
        "former": found.former,
    }


@contextmanager
def _undone_when_refused() -> Iterator[None]:
    """What PostgreSQL refuses is told by its number alone: its words quote rows (D3)."""
    try:
        yield
    except (psycopg.Error, SQLAlchemyError) as failure:
        state = getattr(getattr(failure, "orig", failure), "sqlstate", None)
        if state == LOCK_NOT_AVAILABLE:
            raise CannotRestore(BUSY) from None
        raise CannotRestore(REFUSED.format(state or type(failure).__name__)) from None


_LOST = """
select count(*), min(received_at) from "{old}".received_document
where {sent} and id not in (select id from "{new}".received_document)
"""
