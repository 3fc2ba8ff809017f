"""The audit goes on through a restore: who read and who wrote stays known, whatever becomes of the fiches (D1).

As long as the chain of the hospital that is here continues that of the backup, it is kept whole, and a restore changes
nothing of what it proves. Only where it was lost, or is another one, does the backup's take its place; the anchors of
the former chain are then set aside under another name, and the shared chain says how many traces are no more there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from app.operations.backup import tables

TABLE = "audit_event"


@dataclass(frozen=True, slots=True)
class Traces:
    """`kept`: the chain goes on. Else `lost` is how many traces of the former one are no more there, at least;
    `found` and `former` are the heads (position, hash) of the backup's chain and of the former one, when sealed."""

    kept: bool
    lost: int = 0
    found: tuple[int, str] | None = None
    former: tuple[int, str] | None = None


def carry_on(control: Connection, home: Connection, code: str, schema: str, former: str | None, at: datetime) -> Traces:
    """`schema` holds the backup's traces, `former` those of the hospital that was here, None when it was lost."""
    former = former if tables.has(home, former, TABLE) else None
    if former and home.execute(text(_CONTINUES.format(new=schema, old=former))).scalar_one():
        _keep(home, schema, former)
        return Traces(kept=True)
    return _replace(control, home, code, schema, former, at)


def trace(control: Connection, home: Connection, schema: str, hospital_id: str, detail: dict[str, Any]) -> None:
    """In the hospital's own chain and in the shared one."""
    home.execute(text(_TRACE.format(schema=schema)), {"detail": json.dumps(detail)})
    control.execute(_SHARED_TRACE, {"detail": json.dumps(detail), "hospital": hospital_id})


def _keep(home: Connection, schema: str, former: str) -> None:
    new, old = (tables.shape(home, one).columns[TABLE] for one in (schema, former))
    columns = ", ".join(f'"{column}"' for column in new if column in old)
    home.exec_driver_sql(f'delete from "{schema}".{TABLE}')
    home.exec_driver_sql(
        f'insert into "{schema}".{TABLE} ({columns}) overriding system value '
        f'select {columns} from "{former}".{TABLE} order by seq'
    )
    home.execute(text(_GO_ON.format(schema=schema)), {"table": f'"{schema}".{TABLE}'})


def _replace(control: Connection, home: Connection, code: str, schema: str, former: str | None, at: datetime) -> Traces:
    anchored = control.execute(_LAST_ANCHOR, {"chain": code}).one_or_none()
    aside = f"{code} avant {at.isoformat(timespec='seconds')}"
    control.execute(_SET_ASIDE, {"chain": code, "aside": aside})
    found = _head(home, schema)
    if found:
        control.execute(_ANCHOR, {"chain": code, "position": found[0], "hash": found[1]})
    there = max(_count(home, former) if former else 0, anchored[0] if anchored else 0)
    head = (_head(home, former) if former else None) or (tuple(anchored) if anchored else None)
    return Traces(kept=False, lost=max(0, there - _count(home, schema)), found=found, former=head)


def _head(home: Connection, schema: str) -> tuple[int, str] | None:
    row = home.execute(text(_HEAD.format(schema=schema))).one_or_none()
    return (row[0], row[1]) if row else None


def _count(home: Connection, schema: str) -> int:
    return int(home.execute(text(f'select count(*) from "{schema}".{TABLE}')).scalar_one())


# Every trace of the backup is there still, to the letter, and where it was sealed, sealed alike.
_CONTINUES = """
select not exists (
    select from "{new}".audit_event b left join "{old}".audit_event l on l.seq = b.seq
    where (b.at, b.actor, b.action, b.detail) is distinct from (l.at, l.actor, l.action, l.detail)
        or b.hash is not null and (b.chain_position, b.hash) is distinct from (l.chain_position, l.hash))
"""
_GO_ON = """
select setval(pg_get_serial_sequence(:table, 'seq'), greatest(max(seq), 1), max(seq) is not null)
from "{schema}".audit_event
"""
_HEAD = """
select chain_position, encode(hash, 'hex') from "{schema}".audit_event where hash is not null
order by chain_position desc limit 1
"""
_LAST_ANCHOR = text("""
    select position, encode(hash, 'hex') from control.audit_anchor where chain = :chain order by position desc limit 1
""")
_SET_ASIDE = text("update control.audit_anchor set chain = :aside where chain = :chain")
_ANCHOR = text("""
    insert into control.audit_anchor (chain, position, hash) values (:chain, :position, decode(:hash, 'hex'))
""")
_TRACE = """
insert into "{schema}".audit_event (actor, action, detail)
values ('system', 'hospital:restore', cast(:detail as jsonb))
"""
_SHARED_TRACE = text("""
    insert into control.audit_event (actor, action, hospital_id, detail)
    values ('system', 'hospital:restore', :hospital, cast(:detail as jsonb))
""")
