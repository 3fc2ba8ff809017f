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
    __table_args__ = (Index("account_awaiting", "confirmed_at", postgresql_where=text("state = 'confirmed'")),)

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
    civility: Mapped[str | None]
    phone: Mapped[str | None]
    language: Mapped[str] = mapped_column(server_default="fr")
    terms_accepted_at: Mapped[datetime | None] = mapped_column(Time)
    confirmed_at: Mapped[datetime | None] = mapped_column(Time)
    deciders_told_at: Mapped[datetime | None] = mapped_column(Time)
    decided_at: Mapped[datetime | None] = mapped_column(Time)
    decided_by: Mapped[str | None] = mapped_column(Id, ForeignKey("control.account.id"))
    refusal_reason: Mapped[str | None]
    password_changed_at: Mapped[datetime] = mapped_column(Time, server_default=func.now())
    last_factor: Mapped[str | None]
    last_place: Mapped[str | None]


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
    public_id: Mapped[str] = mapped_column(Id, unique=True, server_default=func.gen_random_uuid())
    factor: Mapped[str | None]
    browser: Mapped[str] = mapped_column(server_default="")
