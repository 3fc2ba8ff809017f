"""The tables of merges and of the search for duplicates, as migrations/tenant makes them (a test compares the two)."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Index, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from app.fiches import columns
from app.tenants.bases import TenantBase

fiche_merge = Table(
    "fiche_merge",
    TenantBase.metadata,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    columns.points_at("kept_id", "fiche"),
    columns.points_at("absorbed_id", "fiche"),
    Column("merged_at", DateTime(timezone=True), nullable=False),
    Column("merged_by", Text, nullable=False),
    Column("choices", JSONB, nullable=False),
    Column("before", JSONB, nullable=False),
    Column("moved", JSONB, nullable=False),
    Column("undone_at", DateTime(timezone=True)),
    Column("undone_by", Text),
    Column("sides", JSONB(none_as_null=True)),
)
Index("fiche_merge_kept", fiche_merge.c.kept_id)
Index("fiche_merge_absorbed", fiche_merge.c.absorbed_id)

duplicate_search = Table(
    "duplicate_search",
    TenantBase.metadata,
    columns.serial(),
    columns.moment("asked_at"),
    Column("finished_at", DateTime(timezone=True)),
    Column("model", Text, nullable=False),
    Column("fiches", Integer),
    Column("candidates", Integer),
    Column("suggested", Integer),
    Column("failure", Text),
)
