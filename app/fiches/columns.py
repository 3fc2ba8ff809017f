"""Columns that the tables of the fiche have in common."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Computed,
    DateTime,
    ForeignKey,
    Identity,
    Integer,
    Text,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

KEY = Text(collation="C")
"""Normalised names sort and match by their bytes, whatever the collation of the database."""
FORMER = {"former": True}
"""A column that is neither read nor written any more."""


def id_() -> Column[str]:
    return Column("id", Uuid(as_uuid=False), primary_key=True)


def serial() -> Column[int]:
    return Column("id", BigInteger, Identity(always=True), primary_key=True)


def points_at(name: str, table: str, nullable: bool = False, primary_key: bool = False) -> Column[str]:
    return Column(name, Uuid(as_uuid=False), ForeignKey(f"{table}.id"), nullable=nullable, primary_key=primary_key)


def origin() -> Column[str]:
    return Column("origin", Text, nullable=False)


def one_of(name: str, *values: str) -> Column[str]:
    return Column(name, Text, CheckConstraint(f"{name} in {values}"), nullable=False)


def state() -> tuple[Column, ...]:
    """What every block instance holds."""
    return (
        Column("answers", JSONB, nullable=False),
        Column("provenance", JSONB, nullable=False),
        Column("version", Integer, nullable=False),
    )


def source() -> tuple[Column, ...]:
    """The sender's permanent id: the key of a repeated block (R1), and as it was written."""
    return (Column("source_key", Text), Column("source_root", Text), Column("source_extension", Text))


def replaced() -> tuple[Column, ...]:
    """When the next state of a block took the place of this one, and who wrote it."""
    return (moment("replaced_at"), Column("replaced_origin", Text, nullable=False), Column("replaced_by", Text))


def moment(name: str) -> Column:
    return Column(name, DateTime(timezone=True), nullable=False, server_default=func.now())


def asked(name: str, expression: str, kind: type = Text) -> Column:
    """A generated column: what lists, search and dashboards ask of the answers."""
    return Column(name, kind, Computed(expression, persisted=True))
