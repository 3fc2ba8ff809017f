"""The tables of the inbox, as the migrations make them (a test compares the two).

`received_document` is the truth about every reception: its raw bytes, its state, its report. A mail or an archive
(`envelope`) becomes OPENED; its documents are `part_of` it, numbered by `part` from 1, and have its `seq`.
Core tables: rules work on document.py, never on rows.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from app.cda.outcomes import State
from app.tenants.bases import SharedBase, TenantBase

STATES = ", ".join(f"'{state}'" for state in State)

received_document = Table(
    "received_document",
    TenantBase.metadata,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("seq", BigInteger, Identity(always=True), nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.clock_timestamp()),
    Column("channel", Text, nullable=False),
    Column("transport_id", Text),
    Column("sha256", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("state", Text, CheckConstraint(f"state in ({STATES})"), nullable=False, server_default="pending"),
    Column("code", Text),
    Column("report", JSONB, nullable=False, server_default=text("'{}'")),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("finished_at", DateTime(timezone=True)),
    Column("fiche_id", Uuid(as_uuid=False), ForeignKey("fiche.id")),
    Column("fingerprint", LargeBinary),
    Column("set_id", Text),
    Column("version_number", Integer),
    Column("effective_at", DateTime(timezone=True)),
    Column("replay_of", Uuid(as_uuid=False)),
    Column("envelope", Text, CheckConstraint("envelope in ('mail', 'archive')")),
    Column("part_of", Uuid(as_uuid=False), ForeignKey("received_document.id")),
    Column("part", Integer, nullable=False, server_default=text("0")),
    Column("own_id", Text),
)
Index(
    "received_document_transport",
    received_document.c.channel,
    received_document.c.transport_id,
    unique=True,
)
Index(
    "received_document_pending",
    received_document.c.seq,
    received_document.c.part,
    postgresql_where=received_document.c.state == text("'pending'"),
)
Index("received_document_state", received_document.c.state, received_document.c.seq)
Index("received_document_sha256", received_document.c.sha256)
Index(
    "received_document_fiche",
    received_document.c.fiche_id,
    received_document.c.seq.desc(),
    postgresql_where=received_document.c.fiche_id.is_not(None),
)
Index(
    "received_document_part_of",
    received_document.c.part_of,
    received_document.c.part,
    postgresql_where=received_document.c.part_of.is_not(None),
)
Index("received_document_day", received_document.c.received_at)
_SOUGHT = {
    "set": received_document.c.set_id,
    "message": received_document.c.transport_id,
    "own": received_document.c.own_id,
}
for _name, _column in _SOUGHT.items():
    Index(
        f"received_document_{_name}",
        _column,
        postgresql_ops={_column.name: "text_pattern_ops"},
        postgresql_where=_column.is_not(None),
    )
Index(
    "received_document_own_extension",
    func.split_part(received_document.c.own_id, "^", 2),
    postgresql_where=received_document.c.own_id.is_not(None),
)
Index(
    "received_document_replay",
    received_document.c.replay_of,
    postgresql_where=received_document.c.replay_of.is_not(None),
)

journal_line = Table(
    "journal_line",
    TenantBase.metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("document_id", Uuid(as_uuid=False), ForeignKey("received_document.id"), nullable=False),
    Column("fiche_id", Uuid(as_uuid=False), ForeignKey("fiche.id"), nullable=False),
    Column("lines", JSONB, nullable=False),
)
Index("journal_line_document", journal_line.c.document_id)
Index("journal_line_fiche", journal_line.c.fiche_id)

outgoing_answer = Table(
    "outgoing_answer",
    TenantBase.metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("document_id", Uuid(as_uuid=False), ForeignKey("received_document.id"), nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("code", Text),
    Column("message", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("sent_at", DateTime(timezone=True)),
    Column("by_mail", Text, CheckConstraint("by_mail in ('notification', 'letter')")),
    Column("posted_at", DateTime(timezone=True)),
)
Index(
    "outgoing_answer_unposted",
    outgoing_answer.c.id,
    postgresql_where=outgoing_answer.c.by_mail.is_not(None) & outgoing_answer.c.posted_at.is_(None),
)

channel = Table(
    "channel",
    SharedBase.metadata,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("hospital_id", Uuid(as_uuid=False), ForeignKey("control.hospital.id"), nullable=False),
    Column(
        "kind",
        Text,
        CheckConstraint("kind in ('http', 'folder', 'mailbox', 'upload', 'command')"),
        nullable=False,
    ),
    Column("label", Text, nullable=False, server_default=""),
    Column("token_hash", LargeBinary, unique=True),
    Column("settings", JSONB, nullable=False, server_default=text("'{}'")),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("revoked_at", DateTime(timezone=True)),
    Column("place", Text),
    Column("sealed", LargeBinary),
    Column("opened_by", Text, nullable=False, server_default="system"),
    Column("rotated_at", DateTime(timezone=True)),
    Column("seen_at", DateTime(timezone=True)),
    Column("error", Text),
)
Index("channel_place", channel.c.place, unique=True, postgresql_where=channel.c.revoked_at.is_(None))
