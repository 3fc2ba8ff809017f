"""The letters that wait."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import Id, Time
from app.tenants.bases import SharedBase


class OutgoingMail(SharedBase):
    """A letter that waits, left or was given up. Its bodies, which hold secrets, are wiped once it waits no more."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        Index(
            "outgoing_mail_unsent",
            "next_attempt_at",
            postgresql_where=text("sent_at is null and given_up_at is null"),
        ),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    recipient: Mapped[str]
    subject: Mapped[str]
    text_body: Mapped[str]
    html_body: Mapped[str | None]
    purpose: Mapped[str] = mapped_column(default="")
    purpose_id: Mapped[str | None] = mapped_column(Id)
    hospital_id: Mapped[str | None] = mapped_column(Id, ForeignKey("control.hospital.id"))
    created_at: Mapped[datetime] = mapped_column(Time, server_default=func.now())
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(Time, server_default=func.now())
    sent_at: Mapped[datetime | None] = mapped_column(Time)
    given_up_at: Mapped[datetime | None] = mapped_column(Time)
    error: Mapped[str | None]
    """The last failure: its kind and its code, never the server's words, which may quote an address (D3)."""
