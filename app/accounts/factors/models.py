"""What proves, beside the password, who somebody is; and the browsers that proved it lately."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import Account, Id, Time
from app.tenants.bases import SharedBase


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


class AuthenticatorApp(SharedBase):
    """One per account. `last_step` is the last thirty-second step accepted: a code serves once."""

    __tablename__ = "authenticator_app"

    account_id: Mapped[str] = mapped_column(Id, ForeignKey(Account.id), primary_key=True)
    sealed_secret: Mapped[bytes]
    confirmed_at: Mapped[datetime | None] = mapped_column(Time)
    last_step: Mapped[int] = mapped_column(BigInteger, server_default="0")


class Passkey(SharedBase):
    __tablename__ = "passkey"
    __table_args__ = (Index("passkey_account", "account_id"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account_id: Mapped[str] = mapped_column(Id, ForeignKey(Account.id))
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(BigInteger, server_default="0")
    label: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Time, server_default=func.now())
    last_used_at: Mapped[datetime | None] = mapped_column(Time)


class RecoveryCode(SharedBase):
    """Only the keyed hash; each serves once."""

    __tablename__ = "recovery_code"

    account_id: Mapped[str] = mapped_column(Id, ForeignKey(Account.id), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    used_at: Mapped[datetime | None] = mapped_column(Time)


class KnownBrowser(SharedBase):
    """A browser that passed the second step: for some hours it is asked for the password alone. People share
    workstations: one browser may be known to several accounts."""

    __tablename__ = "known_browser"
    __table_args__ = (Index("known_browser_account", "account_id"),)

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(Id, ForeignKey(Account.id), primary_key=True)
    factor: Mapped[str]
    browser: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime] = mapped_column(Time, server_default=func.now())


class OutsideIdentity(SharedBase):
    """Who somebody is for an identity provider (Pro Santé Connect): linked once, by the person."""

    __tablename__ = "outside_identity"
    __table_args__ = (Index("outside_identity_account", "account_id"),)

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(Id, ForeignKey(Account.id))
    linked_at: Mapped[datetime] = mapped_column(Time, server_default=func.now())
