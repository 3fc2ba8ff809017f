"""The tries of an address."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import Time
from app.tenants.bases import SharedBase


class SignInAttempts(SharedBase):
    """Wrong passwords of an address, known or not: both lock alike, so that nothing tells them apart (C4)."""

    __tablename__ = "sign_in_attempts"

    email_hash: Mapped[bytes] = mapped_column(primary_key=True)
    failed: Mapped[int]
    locked_at: Mapped[datetime | None] = mapped_column(Time)
    last_at: Mapped[datetime] = mapped_column(Time, server_default=func.now())
