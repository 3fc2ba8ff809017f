"""The table of what people are typing, as migrations/tenant/0002 makes it."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Index, LargeBinary, Table, Text, Uuid, func

from app.tenants.bases import TenantBase

form_draft = Table(
    "form_draft",
    TenantBase.metadata,
    Column("account_id", Uuid(as_uuid=False), primary_key=True),
    Column("form_key", Text, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("saved_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
Index("form_draft_saved", form_draft.c.saved_at)
