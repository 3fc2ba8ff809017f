"""The rows of people, their rights and their sessions, in schema `control`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import Mapped, mapped_column

from app.structures.models import Filiere, Site
from app.tenants.bases import SharedBase
from app.tenants.models import HospitalRow

Id = UUID(as_uuid=False)
Time = DateTime(timezone=True)


class Account(SharedBase):
    __tablename__ = "account"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    given_name: Mapped[str] = mapped_column(default="")
    family_name: Mapped[str] = mapped_column(default="")
    profession: Mapped[str | None]
    rpps: Mapped[str | None]
    password_hash: Mapped[str]
    state: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Time, server_default=func.now())
    last_sign_in_at: Mapped[datetime | None] = mapped_column(Time)


class AccountRole(SharedBase):
    """`hospital_id` None: a role of a filière or of the nation."""

    __tablename__ = "account_role"
    __table_args__ = (
        UniqueConstraint("account_id", "role", "hospital_id", "filiere", postgresql_nulls_not_distinct=True),
    )

    account_id: Mapped[str] = mapped_column(Id, ForeignKey(Account.id), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    hospital_id: Mapped[str | None] = mapped_column(Id, ForeignKey(HospitalRow.id), primary_key=True)
    filiere: Mapped[str | None] = mapped_column(ForeignKey(Filiere.code), primary_key=True)


class AccountSite(SharedBase):
    __tablename__ = "account_site"
    __table_args__ = (ForeignKeyConstraint(["hospital_id", "site_code"], [Site.hospital_id, Site.code]),)

    account_id: Mapped[str] = mapped_column(Id, ForeignKey(Account.id), primary_key=True)
    hospital_id: Mapped[str] = mapped_column(Id, primary_key=True)
    site_code: Mapped[str] = mapped_column(primary_key=True)


class SignInAttempts(SharedBase):
    """Wrong passwords of an address, known or not: both lock alike, so that nothing tells them apart (C4)."""

    __tablename__ = "sign_in_attempts"

    email_hash: Mapped[bytes] = mapped_column(primary_key=True)
    failed: Mapped[int]
    locked_at: Mapped[datetime | None] = mapped_column(Time)
    last_at: Mapped[datetime] = mapped_column(Time, server_default=func.now())


class WebSessionRow(SharedBase):
    """One browser. The cookie holds a random token, the row its hash (C6)."""

    __tablename__ = "web_session"
    __table_args__ = (
        Index("web_session_account", "account_id", postgresql_where=text("ended_at is null")),
        Index("web_session_seen", "seen_at"),
    )

    id_hash: Mapped[bytes] = mapped_column(primary_key=True)
    account_id: Mapped[str | None] = mapped_column(Id, ForeignKey(Account.id))
    stage: Mapped[str]
    hospital_id: Mapped[str | None] = mapped_column(Id, ForeignKey(HospitalRow.id))
    site_code: Mapped[str | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    created_at: Mapped[datetime] = mapped_column(Time, server_default=func.now())
    seen_at: Mapped[datetime] = mapped_column(Time, server_default=func.now())
    ended_at: Mapped[datetime | None] = mapped_column(Time)


class SignInCode(SharedBase):
    __tablename__ = "sign_in_code"
    __table_args__ = (
        Index("sign_in_code_session", "session_hash", text("created_at desc")),
        Index("sign_in_code_account", "account_id", text("created_at desc")),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account_id: Mapped[str] = mapped_column(Id, ForeignKey(Account.id))
    session_hash: Mapped[bytes]
    code_hash: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(Time, server_default=func.clock_timestamp())
    sent_at: Mapped[datetime | None] = mapped_column(Time)
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(Time)


class OutgoingMail(SharedBase):
    """A letter that waits; its bodies are wiped once it left when they hold a secret (`purpose`)."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (Index("outgoing_mail_unsent", "next_attempt_at", postgresql_where=text("sent_at is null")),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    recipient: Mapped[str]
    subject: Mapped[str]
    text_body: Mapped[str]
    html_body: Mapped[str | None]
    purpose: Mapped[str] = mapped_column(default="")
    purpose_id: Mapped[str | None] = mapped_column(Id)
    created_at: Mapped[datetime] = mapped_column(Time, server_default=func.now())
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(Time, server_default=func.now())
    sent_at: Mapped[datetime | None] = mapped_column(Time)
    error: Mapped[str | None]
