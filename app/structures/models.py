"""The structures, in `control`: what an account is given access to, and what a fiche's care is attached to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.tenants.bases import SharedBase
from app.tenants.models import HospitalRow


class Filiere(SharedBase):
    __tablename__ = "filiere"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    label: Mapped[str] = mapped_column(Text)


class Site(SharedBase):
    """A site of a hospital, known by its code in the hospital's documents; `kind` is one of SITE_KINDS."""

    __tablename__ = "site"

    hospital_id: Mapped[UUID] = mapped_column(ForeignKey(HospitalRow.id), primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    label: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    filiere: Mapped[str | None] = mapped_column(Text, ForeignKey(Filiere.code))
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
