"""Which codes no loaded terminology has. Asked only of terminologies that are loaded whole: the few terms written by
hand prove nothing against a code."""

from __future__ import annotations

import time
from collections.abc import Collection

import orjson
from sqlalchemy import text

from app.tenants.bind import shared_session
from app.terminology.systems import SYSTEMS, find_system

Code = tuple[str, str]
"""(OID, code) as a record carries them."""
FEWEST = {name: SYSTEMS[name].fewest for name in ("orpha", "hpo", "hgnc", "cog")}
"""The terminologies asked, and the entries from which one is whole."""
REMEMBERED = 300.0
"""Seconds during which a code found is not asked for again: documents repeat the same ones."""
MOST_REMEMBERED = 50_000
"""Documents may invent codes, and while no terminology is whole none of them is unknown."""

UNKNOWN = text(
    """
    select asked.oid, asked.written
    from jsonb_to_recordset(cast(:asked as jsonb)) as asked (oid text, written text, system text, code text, fewest int)
    where exists (select from terminology_release r where r.system = asked.system and r.entries >= asked.fewest
        and r.release not like 'embarquée%')
    and not exists (select from term t where t.system = asked.system and t.code = asked.code)
    and not exists (select from redirection r where r.system = asked.system and r.code = asked.code)"""
)

_found: dict[Code, float] = {}
"""Code → until when it is remembered."""


def unknown_among(codes: Collection[Code]) -> set[Code]:
    """One statement for the codes that were not met lately, none when all were."""
    now = time.monotonic()
    asked = {code: row for code in set(codes) if _found.get(code, 0.0) < now and (row := _row(code))}
    if not asked:
        return set()
    with shared_session() as session:
        rows = session.execute(UNKNOWN, {"asked": orjson.dumps([*asked.values()]).decode()})
        unknown = {(oid, written) for oid, written in rows}
    if len(_found) > MOST_REMEMBERED:
        _found.clear()
    _found.update(dict.fromkeys(asked.keys() - unknown, now + REMEMBERED))
    return unknown


def _row(code: Code) -> dict[str, object] | None:
    oid, written = code
    system = find_system(oid)
    if system is None or system.name not in FEWEST:
        return None
    return {
        "oid": oid,
        "written": written,
        "system": system.name,
        "code": system.kept(written),
        "fewest": FEWEST[system.name],
    }
