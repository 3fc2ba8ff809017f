"""What a hospital's schema is made of, read in the catalogue, and its content in and out by COPY.

The text format of COPY is the same for every version of PostgreSQL, and depends on the settings below alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any, cast

import psycopg
from psycopg import sql
from sqlalchemy import Connection, text

from app.tenants.migrations import VERSION_TABLE

SETTINGS = (
    "set local search_path = pg_catalog; set local datestyle = 'ISO, YMD'; set local timezone = 'UTC'; "
    "set local intervalstyle = 'postgres'; set local bytea_output = 'hex'; set local extra_float_digits = 1"
)
PIECE = 1 << 20
COLUMNS = """
select c.relname, array_agg(a.attname::text order by a.attnum) as columns
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
where c.relnamespace = to_regnamespace(quote_ident(:schema)) and c.relkind = 'r' and c.relname <> :version_table
    and not a.attisdropped and a.attgenerated = ''
group by c.relname order by c.relname
"""
SEQUENCES = """
select relname from pg_class where relnamespace = to_regnamespace(quote_ident(:schema)) and relkind = 'S'
order by relname
"""
# A constraint that waits for the end of the transaction asks for no order.
REFERENCES = """
select t.relname as table, r.relname as referred from pg_constraint k
join pg_class t on t.oid = k.conrelid join pg_class r on r.oid = k.confrelid
where k.connamespace = to_regnamespace(quote_ident(:schema)) and k.contype = 'f' and not k.condeferred
    and k.conrelid <> k.confrelid
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """`columns` by table, without those that PostgreSQL computes; the names of the sequences."""

    columns: Mapping[str, tuple[str, ...]]
    sequences: tuple[str, ...]


def shape(home: Connection, schema: str) -> Shape:
    """Empty when the schema does not exist."""
    asked = {"schema": schema, "version_table": VERSION_TABLE}
    columns = {row.relname: tuple(row.columns) for row in home.execute(text(COLUMNS), asked)}
    return Shape(columns, tuple(home.execute(text(SEQUENCES), {"schema": schema}).scalars()))


def has(home: Connection, schema: str | None, table: str) -> bool:
    return schema is not None and table in shape(home, schema).columns


def in_order(home: Connection, schema: str, tables: Iterable[str]) -> list[str]:
    """Each table after those it refers to."""
    graph: dict[str, set[str]] = {table: set() for table in tables}
    for row in home.execute(text(REFERENCES), {"schema": schema}):
        graph[row.table].add(row.referred)
    return list(TopologicalSorter(graph).static_order())


def copy_out(home: Connection, schema: str, table: str, columns: Iterable[str]) -> Iterator[bytes]:
    with _driver(home).cursor() as cursor, cursor.copy(_copy(schema, table, columns, "to stdout")) as pieces:
        gathered = bytearray()
        for row in pieces:
            gathered += row
            if len(gathered) >= PIECE:
                yield bytes(gathered)
                gathered.clear()
        yield bytes(gathered)


def copy_in(home: Connection, schema: str, table: str, columns: Iterable[str], pieces: Iterable[bytes]) -> int:
    """How many rows there were."""
    with _driver(home).cursor() as cursor:
        with cursor.copy(_copy(schema, table, columns, "from stdin")) as copy:
            for piece in pieces:
                copy.write(piece)
        return cursor.rowcount


def read_sequences(home: Connection, schema: str, names: Iterable[str]) -> dict[str, tuple[int, bool]]:
    read = "select last_value, is_called from {}"
    rows = {
        name: _driver(home).execute(sql.SQL(read).format(sql.Identifier(schema, name))).fetchone() for name in names
    }
    return {name: (int(row[0]), bool(row[1])) for name, row in rows.items() if row}


def set_sequences(home: Connection, schema: str, values: Mapping[str, tuple[int, bool]]) -> None:
    statement = text("select setval(to_regclass(quote_ident(:schema) || '.' || quote_ident(:name)), :value, :given)")
    for name, (value, given) in values.items():
        home.execute(statement, {"schema": schema, "name": name, "value": value, "given": given})


def _copy(schema: str, table: str, columns: Iterable[str], way: str) -> sql.Composed:
    named = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("copy {} ({}) {}").format(sql.Identifier(schema, table), named, sql.SQL(way))


def _driver(home: Connection) -> psycopg.Connection[tuple[Any, ...]]:
    return cast("psycopg.Connection[tuple[Any, ...]]", home.connection.driver_connection)
