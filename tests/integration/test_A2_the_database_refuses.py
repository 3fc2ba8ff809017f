"""A2: were every check of the application forgotten, PostgreSQL would still refuse one hospital another's tables."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from app.tenants.placement import placed

OPERATIONS = {
    "select": 'select 1 from "{schema}"."{table}"',
    "insert": 'insert into "{schema}"."{table}" select * from "{schema}"."{table}"',
    "insert without reading": 'insert into "{schema}"."{table}" default values',
    "update": 'update "{schema}"."{table}" set "{column}" = null',
    "delete": 'delete from "{schema}"."{table}"',
    "truncate": 'truncate "{schema}"."{table}"',
}


def test_no_hospital_reaches_the_tables_of_another(open_hospital_for_test: Callable[..., Hospital]) -> None:
    three = [open_hospital_for_test() for _ in range(3)]

    for one, other in permutations(three, 2):
        with hospital_session(one.code) as session:
            assert refusals(session.connection(), other) == len(tables_of(other)) * len(OPERATIONS)


def test_the_login_role_alone_reaches_no_hospital(hospital: Hospital) -> None:
    with placed().door.connect() as connection:
        assert refusals(connection, hospital) == len(tables_of(hospital)) * len(OPERATIONS)


@pytest.mark.parametrize("table", ["hospital", "account", "web_session", "audit_event", "audit_anchor"])
def test_a_hospital_does_not_reach_what_is_shared(hospital: Hospital, table: str) -> None:
    with hospital_session(hospital.code) as session:
        assert is_refused(session.connection(), f"select 1 from control.{table}")


@pytest.mark.parametrize(
    "statement",
    [
        "update block_version set version = 2",
        "delete from block_version",
        "delete from received_document",
        "update audit_event set detail = '{}'",
        "delete from audit_event",
        "create table note (id integer)",
        "drop table fiche",
        "alter table fiche add column note text",
        "create temporary table note (id integer)",
        "create table public.note (id integer)",
        "select version_num from alembic_version",
    ],
)
def test_a_hospital_does_not_rewrite_its_history_nor_its_schema(hospital: Hospital, statement: str) -> None:
    with hospital_session(hospital.code) as session:
        assert is_refused(session.connection(), statement)


def refusals(connection: Connection, hospital: Hospital) -> int:
    return sum(
        is_refused(connection, statement.format(schema=hospital.schema, table=table, column=column))
        for table, column in tables_of(hospital).items()
        for statement in OPERATIONS.values()
    )


def is_refused(connection: Connection, statement: str) -> bool:
    savepoint = connection.begin_nested()
    try:
        connection.execute(text(statement))
    except ProgrammingError as refusal:
        return isinstance(refusal.orig, InsufficientPrivilege)
    finally:
        savepoint.rollback()
    return False


def tables_of(hospital: Hospital) -> dict[str, str]:
    """Each table, with one of its columns."""
    with placed().owner.connect() as owner:
        rows = owner.execute(
            text(
                "select table_name, min(column_name) from information_schema.columns where table_schema = :s group by 1"
            ),
            {"s": hospital.schema},
        )
        return {row[0]: row[1] for row in rows}
