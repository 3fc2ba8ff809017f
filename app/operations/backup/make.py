"""A backup is made from one moment of the hospital, while people and documents go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app import audit
from app.clock import now
from app.operations.backup import belongings, file, tables
from app.operations.backup.manifest import Manifest, key_of
from app.operations.backup.refusals import CannotBackUp
from app.operations.backup.tables import Shape
from app.tenants import migrations
from app.tenants.bind import hospital_session
from app.tenants.build import build
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital
from app.tenants.migrations import VERSION_TABLE, knows
from app.tenants.placement import Placement, owner_transactions, placed
from app.tenants.revisions import revisions

PATIENCE = "set local lock_timeout = '30s'"


@dataclass(frozen=True, slots=True)
class Made:
    """`size` is that of the file, in bytes."""

    manifest: Manifest
    size: int


def back_up(code: str, path: Path, secret_key: str, *, replace: bool = False) -> Made:
    """Raises UnknownHospital, CannotBackUp."""
    hospital = find_hospital(code)
    expected = _expected(hospital)
    with (
        _told_by_its_number(),
        file.writing(path, replace=replace) as backup,
        _one_moment(hospital, expected) as (control, home),
    ):
        manifest = _write(backup, control, home, hospital, expected, secret_key)
        backup.close(manifest, secret_key)
        detail = {"made_at": manifest.made_at, "rows": manifest.rows, "size": manifest.size}
        with hospital_session(code) as session:  # before the file has its name: none goes without its trace
            audit.record(session, actor="system", action="hospital:backup", detail=detail)
    return Made(manifest, path.stat().st_size)


def _write(
    backup: file.Writing, control: Connection, home: Connection, hospital: Hospital, expected: Shape, secret_key: str
) -> Manifest:
    schema, made_at = hospital.schema, now()
    home.exec_driver_sql(tables.SETTINGS)
    revision = home.exec_driver_sql(f'select version_num from "{schema}".{VERSION_TABLE}').scalar_one()
    parts = tuple(
        backup.part(table, columns, tables.copy_out(home, schema, table, columns))
        for table, columns in expected.columns.items()
    )
    return Manifest(
        made_at=made_at.isoformat(timespec="seconds"),
        revision=revision,
        key=key_of(secret_key),
        belongings=belongings.read(control, hospital.code),
        parts=parts,
        sequences=tables.read_sequences(home, schema, expected.sequences),
    )


@contextmanager
def _one_moment(hospital: Hospital, expected: Shape) -> Iterator[tuple[Connection, Connection]]:
    """Nothing seen before the tables are held: neither an upgrade nor a restore comes in between."""
    names = ", ".join(f'"{hospital.schema}"."{table}"' for table in expected.columns)
    with owner_transactions(hospital.placement) as (control, home):
        home.exec_driver_sql("set transaction isolation level repeatable read")
        try:
            home.exec_driver_sql(f"{PATIENCE}; lock table {names} in access share mode")
        except DBAPIError as failure:
            raise CannotBackUp(
                f"L’établissement {hospital.code} est en cours de mise à niveau ou de restauration : recommencer "
                "ensuite."
            ) from failure
        yield control, home


@contextmanager
def _told_by_its_number() -> Iterator[None]:
    """What PostgreSQL says of a row it could not give would quote it (D3)."""
    try:
        yield
    except psycopg.Error as failure:
        raise CannotBackUp(
            f"PostgreSQL n’a pas pu tout donner ({failure.sqlstate or type(failure).__name__}) : voir « doctor », puis "
            "recommencer. Aucun fichier n’a été laissé."
        ) from None


def _expected(hospital: Hospital) -> Shape:
    """What the migrations make at the hospital's revision: anything else could not be restored. Raises CannotBackUp."""
    revision = revisions([hospital]).get(hospital.code)
    with placed(hospital.placement).owner.connect() as owner:
        found = tables.shape(owner, hospital.schema)
        known = revision and knows(migrations.TENANT, revision)
        expected = _new_shape(owner, placed(hospital.placement), str(revision)) if known else None
        owner.rollback()
    if found != expected:
        raise CannotBackUp(
            f"Les tables de l’établissement {hospital.code} ne sont pas celles que font les migrations : voir "
            "« hospitals check », et sauvegarder la base entière par pg_dump."
        )
    return found


def _new_shape(owner: Connection, place: Placement, revision: str) -> Shape:
    """In the caller's transaction, which undoes it."""
    schema = f"ref_{token_hex(6)}"
    build(owner, place, schema, place.role_of(schema), revision)
    return tables.shape(owner, schema)
