"""The SQL of a fiche, compiled once. Rows travel as one JSON parameter per table, whatever their number:
a document costs one statement per table, a bulk load costs the same statement with thousands of rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import (
    JSON,
    Executable,
    Integer,
    Select,
    Table,
    Text,
    Uuid,
    bindparam,
    cast,
    column,
    func,
    select,
    text,
    union,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, insert

from app.fiches.columns import FORMER
from app.fiches.lists.statements import KEEP as KEEP_LISTS
from app.fiches.models import BLOCK_TABLES, block_version, fiche, fiche_edit, identifier
from app.fiches.search.statements import KEEP as KEEP_WORDS

_ROWS = cast(bindparam("rows", type_=Text), JSONB)
_EMPTY_LIST = text("'[]'::json")
_FOR_EVER = {"id", "fiche_id", "origin", "created_at", "created_by"}
"""Columns that an update never touches."""
_OUTSIDE_BLOCKS = ("stated_consanguinity", "last_document_id")


def encode(rows: Any) -> str:
    return orjson.dumps(rows).decode()


def insert_rows(table: Table) -> Any:
    columns = [known for known in _stored(table) if known.identity is None]
    if table is identifier:
        columns.remove(identifier.c.created_at)
    given = rows_given(column(known.name, known.type) for known in columns)
    return insert(table).from_select([known.name for known in columns], select(*given.c))


def _stored(table: Table) -> list[Any]:
    return [known for known in table.c if known.computed is None and known.info != FORMER]


def rows_given(columns: Iterable[Any]) -> Any:
    """The rows of the parameter, as a table."""
    return func.jsonb_to_recordset(_ROWS).table_valued(*columns).render_derived(name="given", with_types=True)


def _upsert(table: Table) -> Executable:
    """Inserts new rows and updates those whose stored version is the one that was read: the others are not counted."""
    statement = insert_rows(table)
    new = statement.excluded
    kept = {known.name: new[known.name] for known in _stored(table) if known.name not in _FOR_EVER}
    statement = statement.on_conflict_do_update(
        index_elements=["id"], set_=kept, where=table.c.version == cast(new.version, Integer) - 1
    )
    return statement.execution_options(preserve_rowcount=True)


def _add_identifiers() -> Executable:
    """An identifier known already only changes its kind: a fetus id retired at birth (I8b)."""
    statement = insert_rows(identifier)
    return statement.on_conflict_do_update(
        index_elements=["fiche_id", "lookup"],
        set_={"kind": statement.excluded.kind},
        where=identifier.c.kind != statement.excluded.kind,
    )


def _listed(table: Table, *names: str) -> Any:
    """The rows of one table for the fiche being read, as a JSON list in order of creation."""
    chosen = [table.c[name] for name in names] or [known for known in _stored(table) if known.name != "fiche_id"]
    rows = select(*chosen).where(table.c.fiche_id == fiche.c.id).order_by(table.c.id).correlate(fiche).subquery("r")
    listed = select(func.coalesce(func.json_agg(rows.table_valued()), _EMPTY_LIST, type_=JSON))
    return listed.correlate(fiche).scalar_subquery().label("identifiers" if table is identifier else table.name)


def _read() -> Select[Any]:
    stored = [
        fiche.c[name]
        for name in (
            "id",
            "kind",
            "origin",
            "answers",
            "provenance",
            "version",
            "draft",
            "merged_into",
            *_OUTSIDE_BLOCKS,
        )
    ]
    listed = [_listed(table) for table in BLOCK_TABLES.values()]
    known_by = _listed(identifier, "kind", "root", "extension", "origin")
    return select(*stored, known_by, *listed)


def _candidates() -> Select[Any]:
    """Two indexed ways in, one round trip for one patient or for a batch of them (I1)."""
    known = select(identifier.c.fiche_id).where(
        identifier.c.lookup == func.any(bindparam("known_by", type_=ARRAY(Text)))
    )
    same_traits = select(fiche.c.id).where(fiche.c.idmr == func.any(bindparam("known_by", type_=ARRAY(Text))))
    found = select(fiche.c.id, fiche.c.kind, fiche.c.idmr, _listed(identifier, "kind", "root", "extension"))
    return found.where(fiche.c.id.in_(union(known, same_traits))).order_by(fiche.c.id)


_TELLING = ("quality", "missing_count", "problems", "problems_key")
_TOLD = rows_given((column("id", Uuid), *(column(name, fiche.c[name].type) for name in _TELLING)))

WRITE: dict[str, Executable] = {
    "fiche": _upsert(fiche),
    "identifier": _add_identifiers(),
    **{name: _upsert(table) for name, table in BLOCK_TABLES.items()},
    "block_version": insert_rows(block_version),
    "fiche_edit": insert_rows(fiche_edit),
    **KEEP_LISTS,
    **KEEP_WORDS,
}
"""In an order that foreign keys accept."""

VERSIONED = ("fiche", *BLOCK_TABLES)
LOCK = text("""
    select id from fiche where id = any (array(
        select unnest(cast(:fiche_ids as uuid[])) union
        select held.fiche_id from fetus held join fiche own on own.id = held.subject_id
        where own.id = any (cast(:fiche_ids as uuid[])) and own.kind = 'fetus'
    )) order by kind = 'fetus', id for update
""")
"""A fetus behind its mother: a change of either reaches the other, and two people must not wait for each other."""
READ = _read().where(fiche.c.id == bindparam("fiche_id", type_=Uuid(as_uuid=False)))
READ_SEVERAL = _read().where(fiche.c.id == func.any(bindparam("fiche_ids", type_=ARRAY(Uuid(as_uuid=False)))))
CANDIDATES = _candidates()
FORGET = (
    identifier.delete()
    .where(identifier.c.fiche_id == bindparam("of_fiche", type_=Uuid(as_uuid=False)))
    .where(identifier.c.lookup == func.any(bindparam("lookups", type_=ARRAY(Text))))
)
"""An identifier that a person had typed and corrects: those of documents are never forgotten (I5)."""
SURVIVOR = text("""
    with recursive way as (
        select id, merged_into from fiche where id = cast(:fiche_id as uuid)
        union all select next.id, next.merged_into from fiche next join way on next.id = way.merged_into
    )
    select cast(id as text) from way where merged_into is null
""")
"""Merges follow each other: the fiche at the end of the chain."""
TELL = fiche.update().where(fiche.c.id == _TOLD.c.id).values({name: _TOLD.c[name] for name in _TELLING})
"""The problems of fiches that nobody has changed: their version stays. Their lines follow (lists/statements.py)."""
