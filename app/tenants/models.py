"""The rows of `control` that say which hospitals there are, and how far each has been upgraded."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Index, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.tenants.bases import SharedBase


class HospitalRow(SharedBase):
    """`placement` names the database that holds the schema; only `placement.py` knows what the name means.
    `twin_of`: the hospital whose test site (recette) this one is. `rejection_alert`: how many rejections in an hour are
    told to its people, None for the setting of the instance."""

    __tablename__ = "hospital"
    __table_args__ = (Index("hospital_twin", "twin_of", unique=True, postgresql_where=text("twin_of is not null")),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    schema_name: Mapped[str] = mapped_column(Text, unique=True)
    role_name: Mapped[str] = mapped_column(Text, unique=True)
    placement: Mapped[str] = mapped_column(Text, server_default=text("'default'"))
    ipp_oid: Mapped[str | None] = mapped_column(Text)
    fetus_oid: Mapped[str | None] = mapped_column(Text)
    test_site: Mapped[bool] = mapped_column(server_default=text("false"))
    clinical_description_mixed: Mapped[bool] = mapped_column(server_default=text("false"))
    minimum_factor: Mapped[str] = mapped_column(Text, server_default=text("'mail'"))
    opened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    twin_of: Mapped[UUID | None] = mapped_column(ForeignKey("control.hospital.id"))
    rejection_alert: Mapped[int | None]
    rejections_told_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    finess: Mapped[list[HospitalFiness]] = relationship(lazy="raise")


class HospitalFiness(SharedBase):
    """A number may stand under several hospitals: a hospital and its test twin share theirs."""

    __tablename__ = "hospital_finess"
    __table_args__ = (Index("hospital_finess_number", "finess"),)

    hospital_id: Mapped[UUID] = mapped_column(ForeignKey(HospitalRow.id), primary_key=True)
    finess: Mapped[str] = mapped_column(Text, primary_key=True)


class HospitalUpgrade(SharedBase):
    """One status row per hospital: the truth is the version table of its schema, this is what the last run saw."""

    __tablename__ = "hospital_upgrade"

    hospital_id: Mapped[UUID] = mapped_column(ForeignKey(HospitalRow.id), primary_key=True)
    revision: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    error: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
