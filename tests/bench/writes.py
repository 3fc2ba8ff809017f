"""What an integration writes, found out by comparing the tables of a hospital before and after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from sqlalchemy import Column, Table

import app.audit.models
import app.cda.models
import app.fiches.models  # noqa: F401 - the tables of a hospital are those of these three
from app.tenants.bases import TenantBase

Rows = dict[Any, dict[str, Any]]
"""Primary key (the whole row where there is none) → column → value, JSON as text."""
Snapshot = dict[str, Rows]

IN_ORDER: Sequence[Table] = TenantBase.metadata.sorted_tables
"""In an order that foreign keys accept."""


@dataclass(frozen=True)
class Write:
    """A statement and its rows. The values of `columns` are given in order, then the key for an update."""

    statement: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def take_snapshot(connection: psycopg.Connection, schema: str) -> Snapshot:
    return {table.name: _rows(connection, schema, table) for table in IN_ORDER}


def writes_between(before: Snapshot, after: Snapshot) -> list[Write]:
    return [write for table in IN_ORDER for write in _writes(table, before[table.name], after[table.name])]


def ids_in(snapshot: Snapshot) -> list[UUID]:
    """Those that rows are known by, each once, in the order of the tables."""
    return list(dict.fromkeys(key for rows in snapshot.values() for key in rows if isinstance(key, UUID)))


def _rows(connection: psycopg.Connection, schema: str, table: Table) -> Rows:
    names = [column.name for column in table.c if column.computed is None]
    wanted = sql.SQL(", ").join(map(_selected, (table.c[name] for name in names)))
    query = sql.SQL("select {} from {}").format(wanted, sql.Identifier(schema, table.name))
    rows = (dict(zip(names, row, strict=True)) for row in connection.execute(query))
    return {_identity(row, _key(table)): row for row in rows}


def _key(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key)


def _identity(row: Mapping[str, Any], key: tuple[str, ...]) -> Any:
    if len(key) == 1:
        return row[key[0]]
    return tuple(row[name] for name in key) if key else tuple(map(str, row.values()))


def _selected(column: Column[Any]) -> sql.Composable:
    name = sql.Identifier(column.name)
    return sql.SQL("{}::text").format(name) if column.type.__class__.__name__ == "JSONB" else name


def _writes(table: Table, before: Rows, after: Rows) -> list[Write]:
    added = [row for identity, row in after.items() if identity not in before]
    writes = [_insert(table, added)] if added else []
    for identity, row in after.items():
        changed = {name: value for name, value in row.items() if before.get(identity, row)[name] != value}
        if changed:
            writes.append(_update(table.name, _key(table), changed, row))
    return writes


def _insert(table: Table, rows: Sequence[Mapping[str, Any]]) -> Write:
    names = tuple(column.name for column in table.c if column.computed is None and column.identity is None)
    statement = f"insert into {table.name} ({', '.join(names)}) values ({', '.join(['%s'] * len(names))})"
    return Write(statement, names, tuple(tuple(row[name] for name in names) for row in rows))


def _update(table: str, key: tuple[str, ...], changed: Mapping[str, Any], row: Mapping[str, Any]) -> Write:
    settings = ", ".join(f"{name} = %s" for name in changed)
    same = " and ".join(f"{name} = %s" for name in key)
    values = (*changed.values(), *(row[name] for name in key))
    return Write(f"update {table} set {settings} where {same}", (*changed, *key), (values,))
