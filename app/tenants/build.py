"""A hospital's schema, brought from whatever it is to what the migrations say, in the caller's transaction.

The same few lines open a hospital, upgrade it, and build the reference every fingerprint is compared with."""

from __future__ import annotations

from sqlalchemy import Connection, text

from app.tenants import migrations, rights
from app.tenants.migrations import VERSION_TABLE, head, send, sql_from
from app.tenants.placement import Placement

STANDING = """
select exists (select from pg_roles where rolname = :role) as role,
       exists (select from pg_namespace where nspname = :schema) as schema,
       to_regclass(:version_table) is not null as migrated
"""


def build(home: Connection, place: Placement, schema: str, role: str) -> str:
    """Role, schema, tables and rights; returns the revision reached. Doing it again changes nothing."""
    standing = home.execute(
        text(STANDING), {"role": role, "schema": schema, "version_table": f"{schema}.{VERSION_TABLE}"}
    ).one()
    sql = "" if standing.role else f'create role "{role}" nologin noinherit;'
    sql += "" if standing.schema else rights.may_become(role, place.login)
    sql += "" if standing.schema else f'create schema "{schema}";'
    send(home, sql + migrate(schema, role, _revision(home, schema) if standing.migrated else None))
    return head(migrations.TENANT)


def migrate(schema: str, role: str, revision: str | None) -> str:
    """The SQL from a revision to the head, rights included; empty when the schema is at the head."""
    steps = sql_from(migrations.TENANT, revision)
    return f'set local search_path = "{schema}";{steps}{rights.on_a_hospital(schema, role)}' if steps.strip() else ""


def _revision(home: Connection, schema: str) -> str:
    return home.exec_driver_sql(f'select version_num from "{schema}".{VERSION_TABLE} for update').scalar_one()
