"""What a hospital holds, table by table, so that two moments of it can be compared (E1)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import Result
from flask import Flask
from sqlalchemy import text

from app.tenants.hospital import Hospital
from app.tenants.placement import placed

TABLES = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = :schema and c.relkind = 'r' order by 1
"""
CONTENT = """
select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from "{}"."{}" t
"""
SEQUENCES = """
select sequencename, last_value from pg_sequences where schemaname = :schema and sequencename <> 'audit_event_seq_seq'
order by 1
"""
GOES_ON = ("audit_event",)
"""The journal of who did what goes on through a restore."""


def contents(hospital: Hospital) -> dict[str, Any]:
    """Table → how many rows and what they are; sequence → where it stands."""
    with placed(hospital.placement).owner.connect() as owner:
        tables = owner.execute(text(TABLES), {"schema": hospital.schema}).scalars().all()
        held = {
            table: owner.exec_driver_sql(CONTENT.format(hospital.schema, table)).scalar_one()
            for table in tables
            if table not in GOES_ON
        }
        return held | {row[0]: row[1] for row in owner.execute(text(SEQUENCES), {"schema": hospital.schema})}


def hospitals(app: Flask, *arguments: str | Path) -> Result:
    return app.test_cli_runner().invoke(args=["hospitals", *map(str, arguments)])


def answered(app: Flask, *arguments: str | Path) -> dict[str, Any]:
    result = hospitals(app, *arguments, "--json")
    assert result.exit_code == 0, result.output
    (line,) = result.stdout.splitlines()
    return dict(json.loads(line))
