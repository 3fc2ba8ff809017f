"""The editions of definitions, as they are kept in `control`: shared by all hospitals, nothing of a patient."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.tenants.bases import SharedBase


class DefinitionEdition(SharedBase):
    """`family` is « sdm » or the name of a collection; `applies_from` None: a candidate, in force nowhere."""

    __tablename__ = "definition_edition"
    __table_args__ = (UniqueConstraint("family", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    family: Mapped[str]
    number: Mapped[int]
    label: Mapped[str]
    changes: Mapped[list[Any]] = mapped_column(JSONB)
    described_at: Mapped[datetime] = mapped_column(server_default=func.now())
    described_by: Mapped[str]
    applies_from: Mapped[date | None]
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None]


class DefinitionImpact(SharedBase):
    """A report asked for, then computed: counts alone, the small ones hidden."""

    __tablename__ = "definition_impact"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey(DefinitionEdition.id))
    asked_at: Mapped[datetime] = mapped_column(server_default=func.now())
    asked_by: Mapped[str]
    state: Mapped[str] = mapped_column(
        CheckConstraint("state in ('asked', 'running', 'done', 'failed')"), server_default="asked"
    )
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    report: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))

    __table_args__ = (Index("definition_impact_edition", "edition_id", text("id desc")),)
