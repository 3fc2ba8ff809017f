"""What the schema `control` keeps for a hospital: its row, its numbers, its sites, its channels, the rights of people.

Accounts are the nation's: a right whose account is not here is left out. Rows travel as JSON and come back through the
types of the tables, so that a column more or less on either side is no obstacle."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, text

from app.operations.backup.manifest import Row

OF_A_HOSPITAL = ("hospital_finess", "site", "channel", "account_role", "account_site")
"""In the order in which they can be written."""
NOBODY = ""
READING_ELSEWHERE = ("folder", "mailbox")
"""Channels that take documents where they stand: a trial on another server would take them from the hospital."""


def read(control: Connection, code: str) -> dict[str, list[Row]]:
    """Table → rows, the hospital's own included."""
    hospital = control.execute(_HOSPITAL, {"code": code}).scalar_one()
    of_it = {
        table: control.execute(text(_ROWS.format(table)), {"id": hospital["id"]}).scalar_one()
        for table in OF_A_HOSPITAL
    }
    return {"hospital": [hospital], **of_it}


def open_again(
    control: Connection, belongings: Mapping[str, Sequence[Row]], hospital: Row, *, with_channels: bool
) -> dict[str, int]:
    """Writes them all; `hospital` is its row as it will be. Table → how many rows were left out."""
    _write(control, "hospital", [hospital])
    filieres, accounts = _known(control, "code", "filiere"), _known(control, "id", "account")
    left = {}
    for table in OF_A_HOSPITAL:
        rows = [dict(row) for row in belongings.get(table, ()) if row.get("account_id", NOBODY) in accounts]
        match table:
            case "site":
                rows = [row | {"filiere": row["filiere"] if row.get("filiere") in filieres else None} for row in rows]
            case "channel":
                rows = [_channel(row, with_channels) for row in rows]
        left[table] = len(belongings.get(table, ())) - _write(control, table, rows)
    return left


def closed_channels(belongings: Mapping[str, Sequence[Row]]) -> int:
    """How many of the open channels do not open by themselves."""
    return sum(_reads_elsewhere(row) and not row.get("revoked_at") for row in belongings.get("channel", ()))


def _channel(row: Row, opens: bool) -> Row:
    """Kept in any case: documents say by which one they came."""
    if opens or not _reads_elsewhere(row):
        return row
    return row | {"sealed": None, "revoked_at": row.get("revoked_at") or "now"}


def _reads_elsewhere(row: Row) -> bool:
    return row.get("kind") in READING_ELSEWHERE


def _known(control: Connection, column: str, table: str) -> set[str]:
    return {NOBODY, *control.execute(text(f"select {column}::text from control.{table}")).scalars()}


def _write(control: Connection, table: str, rows: Sequence[Row]) -> int:
    """How many rows were not there yet."""
    if not rows:
        return 0
    known = set(control.execute(_COLUMNS, {"table": table}).scalars())
    columns = ", ".join(sorted(known & rows[0].keys()))
    return control.execute(text(_INSERT.format(table=table, columns=columns)), {"rows": json.dumps(rows)}).rowcount


_HOSPITAL = text("select to_jsonb(h) from control.hospital h where code = :code")
_ROWS = "select coalesce(jsonb_agg(to_jsonb(t)), '[]') from control.{} t where hospital_id = :id"
_COLUMNS = text("""
    select column_name from information_schema.columns where table_schema = 'control' and table_name = :table
""")
_INSERT = """
insert into control.{table} ({columns})
select {columns} from jsonb_populate_recordset(cast(null as control.{table}), cast(:rows as jsonb))
on conflict do nothing
"""
