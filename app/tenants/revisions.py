"""The revision each schema says it is at, read for all hospitals at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, text

from app.tenants.hospital import Hospital
from app.tenants.migrations import VERSION_TABLE
from app.tenants.placement import placed

MIGRATED = """
select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relname = :version_table and n.nspname = any(:schemas)
"""


def revisions(hospitals: Iterable[Hospital]) -> dict[str, str]:
    """Code → revision; a hospital whose schema is not there, or was never migrated, is absent."""
    found: dict[str, str] = {}
    for name, codes in by_placement(hospitals).items():
        with placed(name).owner.begin() as owner:
            read = _read(owner, list(codes))
        found.update({codes[schema].code: revision for schema, revision in read.items()})
    return found


def by_placement(hospitals: Iterable[Hospital]) -> Mapping[str, dict[str, Hospital]]:
    """Placement → schema → hospital."""
    placed_hospitals: dict[str, dict[str, Hospital]] = defaultdict(dict)
    for hospital in hospitals:
        placed_hospitals[hospital.placement][hospital.schema] = hospital
    return placed_hospitals


def _read(owner: Connection, schemas: list[str]) -> dict[str, str]:
    migrated = owner.execute(text(MIGRATED), {"version_table": VERSION_TABLE, "schemas": schemas}).scalars().all()
    if not migrated:
        return {}
    one_of_each = (f"select '{schema}', version_num from \"{schema}\".{VERSION_TABLE}" for schema in migrated)
    return {row[0]: row[1] for row in owner.exec_driver_sql(" union all ".join(one_of_each))}
