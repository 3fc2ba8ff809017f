"""Hospitals of the tests whose schema has served before.

PostgreSQL needs a tenth of a second to make the two hundred relations of a hospital, and a tenth of that to empty those
where a test has written. When its test is over a hospital leaves the directory; its schema, renamed and emptied, is the
next one's, provided that it still is to the letter what the migrations make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from unittest.mock import patch

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from app.tenants import directory, migrations
from app.tenants import open as opening
from app.tenants.build import build
from app.tenants.fingerprint import fingerprints
from app.tenants.hospital import Hospital
from app.tenants.migrations import send
from app.tenants.placement import DEFAULT, Placement, placed

LEAVE = """
set local lock_timeout = '3s';
set local session_replication_role = replica;
select set_config('tests.hospitals', '{{{hospitals}}}', true);
select set_config('tests.people', coalesce(array_agg(account_id)::text, '{{}}'), true) from (
    select account_id from control.account_role group by 1
    having bool_and(hospital_id is not null and hospital_id = any(current_setting('tests.hospitals')::uuid[]))
) of_nowhere_else;
do $$ declare one record; begin
    for one in
        select table_name as name, column_name as whose from information_schema.columns
        where table_schema = 'control' and column_name in ('hospital_id', 'account_id') and table_name not like 'audit%'
        union all values ('account', 'id'), ('hospital', 'id')
    loop
        execute format('delete from control.%I where %I = any(current_setting(%L)::uuid[])', one.name, one.whose,
            case when 'hospital' in (one.name, replace(one.whose, '_id', '')) then 'tests.hospitals'
            else 'tests.people' end);
    end loop;
    delete from control.outgoing_mail;
end $$;
set local session_replication_role = origin;
"""
"""Whoever still reads keeps the schema; the shared audit stays, being a chain; letters are nobody's any more."""
MOVE_IN = """
alter schema "{former}" rename to "{schema}";
alter role "{former_role}" rename to "{role}";
set local session_replication_role = replica;
do $$ declare one record; begin
    for one in
        select c.oid::regclass as name, c.relkind, pg_relation_size(c.oid) as size from pg_class c
        where c.relnamespace = '"{schema}"'::regnamespace and c.relkind in ('r', 'S') and c.relname <> 'alembic_version'
    loop
        if one.relkind = 'S' then perform setval(one.name, 1, false);
        elsif one.size > 262144 then execute format('truncate %s cascade', one.name);
        elsif one.size > 0 then execute format('delete from %s', one.name);
        end if;
    end loop;
end $$;
set local session_replication_role = origin;
"""


class Reopened:
    """One per process. What stands free is known by its database and the migrations that made it."""

    def __init__(self) -> None:
        self._free: dict[tuple[str, str], list[Hospital]] = defaultdict(list)
        self._new: dict[tuple[str, str], str] = {}

    def open(self, code: str, name: str, **options: object) -> Hospital:
        """As the product opens it, but for the schema where one is free."""
        with patch.object(opening, "build", self._build):
            return opening.open_hospital(code, name, **options)  # type: ignore[arg-type]

    def leave(self, hospitals: Sequence[Hospital]) -> None:
        """With the people who are of nowhere else."""
        here = [one for one in hospitals if one.placement == DEFAULT and one.role == placed().role_of(one.schema)]
        if here:
            with suppress(OperationalError), placed().owner.begin() as owner:
                send(owner, LEAVE.format(hospitals=",".join(one.id for one in here)))
                prints, key = fingerprints(owner, [(one.schema, one.role) for one in here]), _made_by(placed())
                self._free[key] += [one for one in here if prints[one.schema] == self._new.get(key)]
        for one in here:
            directory.forget(one.code)

    def _build(self, home: Connection, place: Placement, schema: str, role: str) -> str:
        key = _made_by(place)
        if not self._free[key]:
            revision = build(home, place, schema, role)
            self._new[key] = fingerprints(home, [(schema, role)])[schema]
            return revision
        former = self._free[key].pop()
        send(home, MOVE_IN.format(former=former.schema, former_role=former.role, schema=schema, role=role))
        return key[1]


def _made_by(place: Placement) -> tuple[str, str]:
    return place.database, migrations.head(migrations.TENANT)
