"""The terminologies as they are kept, in `control`: shared by all hospitals, nothing of a patient."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import REAL, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import Account
from app.structures.models import Filiere
from app.tenants.bases import SharedBase
from app.tenants.models import HospitalRow


class TerminologyRelease(SharedBase):
    """One file loaded; the latest of a system tells whether what is in memory is out of date."""

    __tablename__ = "terminology_release"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    system: Mapped[str]
    part: Mapped[str]
    release: Mapped[str]
    licence: Mapped[str] = mapped_column(server_default="")
    sha256: Mapped[str]
    entries: Mapped[int]
    loaded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))

    __table_args__ = (Index("terminology_release_latest", "system", text("loaded_at desc")),)


class TermRow(SharedBase):
    __tablename__ = "term"

    system: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    lang: Mapped[str] = mapped_column(server_default="fr")
    kind: Mapped[str]
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    selectable: Mapped[bool] = mapped_column(server_default=text("true"))
    prior: Mapped[float] = mapped_column(REAL, server_default=text("0"))
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    part: Mapped[str]
    release: Mapped[str]


class Synonym(SharedBase):
    """Another name; `part` is the file's share that said it and replaces it."""

    __tablename__ = "synonym"

    system: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    lang: Mapped[str] = mapped_column(primary_key=True, server_default="fr")
    text: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(server_default="synonym")


class Redirection(SharedBase):
    __tablename__ = "redirection"

    system: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    target: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    part: Mapped[str]


class TermEdge(SharedBase):
    __tablename__ = "term_edge"

    system: Mapped[str] = mapped_column(primary_key=True)
    classification: Mapped[str] = mapped_column(primary_key=True)
    parent: Mapped[str] = mapped_column(primary_key=True)
    child: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (Index("term_edge_child", "system", "child"),)


class TermLink(SharedBase):
    __tablename__ = "term_link"

    system: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    target_system: Mapped[str] = mapped_column(primary_key=True)
    target: Mapped[str] = mapped_column(primary_key=True)
    relation: Mapped[str] = mapped_column(primary_key=True, server_default="")
    part: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (Index("term_link_target", "target_system", "target"),)


class MissingCodeRequest(SharedBase):
    """A code that a clinician did not find: for the filière of the site. Never a word about a patient."""

    __tablename__ = "missing_code_request"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    hospital_id: Mapped[UUID] = mapped_column(ForeignKey(HospitalRow.id))
    site_code: Mapped[str]
    filiere: Mapped[str | None] = mapped_column(ForeignKey(Filiere.code))
    system: Mapped[str]
    proposed_label: Mapped[str]
    comment: Mapped[str] = mapped_column(server_default="")
    requested_by: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    requested_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    state: Mapped[str] = mapped_column(server_default="open")
    answer: Mapped[str] = mapped_column(server_default="")
    answer_code: Mapped[str] = mapped_column(server_default="")
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    answered_at: Mapped[datetime | None]

    __table_args__ = (
        Index("missing_code_request_filiere", "filiere", text("requested_at desc")),
        Index("missing_code_request_asker", "requested_by", text("requested_at desc")),
    )
