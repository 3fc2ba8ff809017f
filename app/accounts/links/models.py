"""Links sent by letter, each good once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import Account, Id, Time
from app.tenants.bases import SharedBase


class OneUseLink(SharedBase):
    """The letter holds the token, the row its hash (trap 9)."""

    __tablename__ = "one_use_link"
    __table_args__ = (Index("one_use_link_account", "account_id", "purpose", text("created_at desc")),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    purpose: Mapped[str]
    account_id: Mapped[str] = mapped_column(Id, ForeignKey(Account.id))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(Time, server_default=func.clock_timestamp())
    expires_at: Mapped[datetime] = mapped_column(Time)
    used_at: Mapped[datetime | None] = mapped_column(Time)
