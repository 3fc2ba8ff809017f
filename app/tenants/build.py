"""A hospital's schema, brought from whatever it is to what the migrations say, in the caller's transaction.

The same few lines open a hospital, upgrade it, and build the reference every fingerprint is compared with."""

from __future__ import annotations

from sqlalchemy import Connection, text

from app.tenants import migrations, rights
from app.tenants.migrations import HEAD, VERSION_TABLE, head, send, sql_from
from app.tenants.placement import Placement

STANDING = """
select exists (select from pg_roles where rolname = :role) as role,
       exists (select from pg_namespace where nspname = :schema) as schema,
       to_regclass(:version_table) is not null as migrated
"""


def build(home: Connection, place: Placement, schema: str, role: str, to: str = HEAD) -> str:
    """Role, schema, tables and rights; returns the revision reached, the last one unless `to` is another. Doing it
    again changes nothing."""
    standing = home.execute(
        text(STANDING), {"role": role, "schema": schema, "version_table": f"{schema}.{VERSION_TABLE}"}
    ).one()
    sql = "" if standing.role else f'create role "{role}" nologin noinherit;'
    sql += "" if standing.schema else rights.may_become(role, place.login)
    sql += "" if standing.schema else f'create schema "{schema}";'
    send(home, sql + migrate(schema, role, _revision(home, schema) if standing.migrated else None, to))
    return head(migrations.TENANT) if to == HEAD else to


def migrate(schema: str, role: str, revision: str | None, to: str = HEAD) -> str:
    """The SQL from a revision to another, rights included; empty when the schema is there."""
    steps = sql_from(migrations.TENANT, revision, to)
    return f'set local search_path = "{schema}";{steps}{rights.on_a_hospital(schema, role)}' if steps.strip() else ""


def _revision(home: Connection, schema: str) -> str:
    return home.exec_driver_sql(f'select version_num from "{schema}".{VERSION_TABLE} for update').scalar_one()
