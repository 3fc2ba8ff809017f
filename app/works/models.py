"""The table of long works, as the migrations make it (a test compares the two)."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Index, Integer, Table, Text, Uuid, func, text
from sqlalchemy.dialects.postgresql import JSONB

from app.tenants.bases import TenantBase

long_work = Table(
    "long_work",
    TenantBase.metadata,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("items", JSONB, nullable=False, server_default=text("'[]'")),
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False, server_default=text("0")),
    Column("failures", Integer, nullable=False, server_default=text("0")),
    Column("created_by", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("finished_at", DateTime(timezone=True)),
)
Index("long_work_unfinished", long_work.c.created_at, postgresql_where=long_work.c.finished_at.is_(None))
