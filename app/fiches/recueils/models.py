"""The tables of the complementary collections, as the tenant migration « keep the complementary collections » makes
them. Rows are keyed by their fiche: what moves a fiche moves them."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text, Uuid

from app.fiches import columns
from app.tenants.bases import TenantBase

METADATA = TenantBase.metadata

recueil_block = Table(
    "recueil_block",
    METADATA,
    columns.id_(),
    columns.points_at("fiche_id", "fiche"),
    Column("recueil", Text, nullable=False),
    Column("block", Text, nullable=False),
    Column("edition", Integer, nullable=False),
    *columns.state(),
)
Index("recueil_block_fiche", recueil_block.c.fiche_id)
Index("recueil_block_recueil", recueil_block.c.recueil, recueil_block.c.fiche_id)

recueil_version = Table(
    "recueil_version",
    METADATA,
    columns.serial(),
    columns.points_at("fiche_id", "fiche"),
    Column("recueil", Text, nullable=False),
    Column("block", Text, nullable=False),
    Column("block_id", Uuid(as_uuid=False), nullable=False),
    Column("edition", Integer, nullable=False),
    *columns.state(),
    *columns.replaced(),
)
Index("recueil_version_block", recueil_version.c.fiche_id, recueil_version.c.block_id, recueil_version.c.version)
Index("recueil_version_states", recueil_version.c.block_id, recueil_version.c.version)
