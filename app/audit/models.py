"""The tables of the audit: one chain per hospital in its own schema, one for what is shared, and the anchors."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Identity, Index, LargeBinary, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.tenants.bases import SharedBase, TenantBase


class Chained:
    """What both kinds of event have. `hash` is null until the event is sealed into the chain."""

    seq: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    actor: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    chain_position: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    previous_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    hash: Mapped[bytes | None] = mapped_column(LargeBinary)


class AuditEvent(Chained, TenantBase):
    __tablename__ = "audit_event"
    __table_args__ = (
        Index("audit_event_unsealed", "seq", postgresql_where=text("hash is null")),
        Index("audit_event_fiche", "fiche_id", text("seq desc")),
    )

    fiche_id: Mapped[UUID | None]
    document_id: Mapped[UUID | None]


class SharedAuditEvent(Chained, SharedBase):
    __tablename__ = "audit_event"
    __table_args__ = (
        Index("audit_event_unsealed", "seq", postgresql_where=text("hash is null")),
        Index("audit_event_actor", "actor", text("seq desc")),
        Index("audit_event_account", text("(detail ->> 'account')"), text("seq desc")),
    )

    hospital_id: Mapped[UUID | None]


class AuditAnchor(SharedBase):
    """The head of a chain, kept outside the chain: what a truncation would contradict (trap 13)."""

    __tablename__ = "audit_anchor"

    chain: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    anchored_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
