"""The schema `control` and the login role, made ready at each start: doing it again changes nothing."""

from __future__ import annotations

from typing import cast

import psycopg
from sqlalchemy import Connection, text

from app.tenants import rights
from app.tenants.bases import CONTROL
from app.tenants.migrations import SHARED, VERSION_TABLE, send, sql_from
from app.tenants.placement import DEFAULT, Placement, all_placements

LOCK = "select pg_advisory_xact_lock(hashtext('bamara shared upgrade'))"


def upgrade_shared() -> None:
    for place in all_placements().values():
        with place.owner.begin() as owner:
            owner.exec_driver_sql(LOCK)
            _make_login_role(owner, place)
            if place.name == DEFAULT:
                _migrate_control(owner, place)


def _make_login_role(owner: Connection, place: Placement) -> None:
    """NOINHERIT and granted nothing of its own: without a bound hospital it sees no hospital (A2, A4). `public` and
    temporary tables are closed, as they stand in everyone's way."""
    known = owner.execute(text("select 1 from pg_roles where rolname = :login"), {"login": place.login}).first()
    attributes = f"login noinherit password '{_verifier(owner, place)}'"
    send(
        owner,
        f"""
        {"alter" if known else "create"} role "{place.login}" {attributes};
        alter role "{place.login}" in database "{place.database}" set search_path = pg_catalog;
        revoke all on database "{place.database}" from public;
        grant connect on database "{place.database}" to "{place.login}";
        revoke all on schema public from public;
        """,
    )


def _verifier(owner: Connection, place: Placement) -> str:
    """The password never travels nor stands in a log of statements: only what it can be checked with does."""
    driver = cast("psycopg.Connection[tuple[object, ...]]", owner.connection.driver_connection)
    passwords = place.password.encode(), place.login.encode()
    return driver.pgconn.encrypt_password(*passwords, b"scram-sha-256").decode()


def _migrate_control(owner: Connection, place: Placement) -> None:
    owner.exec_driver_sql(f"create schema if not exists {CONTROL}")
    owner.exec_driver_sql(f"set local search_path = {CONTROL}")
    migrated = owner.exec_driver_sql(f"select to_regclass('{CONTROL}.{VERSION_TABLE}') is not null").scalar_one()
    revision = owner.exec_driver_sql(f"select version_num from {VERSION_TABLE}").scalar_one() if migrated else None
    steps = sql_from(SHARED, revision)
    send(owner, steps + rights.on_the_control_schema(place.login) if steps.strip() else "")
