"""The tables of the fiche, as migrations/tenant/0001 makes them (a test compares the two).

Each instance of a block is a row: `answers` (item → value), `provenance` (see provenance.py) and `version`;
generated columns hold what lists and searches ask. Core tables: rules work on record.py, never on rows.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from app.tenants.bases import TenantBase

METADATA = TenantBase.metadata
_KEY = Text(collation="C")
"""Normalised names sort and match by their bytes, whatever the collation of the database."""


def _id() -> Column[str]:
    return Column("id", Uuid(as_uuid=False), primary_key=True)


def _serial() -> Column[int]:
    return Column("id", BigInteger, Identity(always=True), primary_key=True)


def _points_at(name: str, table: str, nullable: bool = False) -> Column[str]:
    return Column(name, Uuid(as_uuid=False), ForeignKey(f"{table}.id"), nullable=nullable)


def _origin() -> Column[str]:
    return Column("origin", Text, nullable=False)


def _state() -> tuple[Column, ...]:
    """What every block instance holds."""
    return (
        Column("answers", JSONB, nullable=False),
        Column("provenance", JSONB, nullable=False),
        Column("version", Integer, nullable=False),
    )


def _source() -> tuple[Column, ...]:
    """The sender's permanent id: the key of a repeated block (R1), and as it was written."""
    return (Column("source_key", Text), Column("source_root", Text), Column("source_extension", Text))


def _moment(name: str) -> Column:
    return Column(name, DateTime(timezone=True), nullable=False, server_default=func.now())


def _asked(name: str, expression: str, kind: type = Text) -> Column:
    """A generated column: what lists, search and dashboards ask of the answers."""
    return Column(name, kind, Computed(expression, persisted=True))


fiche = Table(
    "fiche",
    METADATA,
    _id(),
    Column("kind", Text, CheckConstraint("kind in ('born', 'fetus')"), nullable=False),
    Column("origin", Text, CheckConstraint("origin in ('web', 'dpi', 'import', 'merge')"), nullable=False),
    Column(
        "quality",
        Text,
        CheckConstraint("quality in ('draft', 'incomplete', 'to_correct', 'complete')"),
        nullable=False,
    ),
    Column("draft", Boolean, nullable=False, server_default=text("false")),
    *_state(),
    Column("idmr", Text),
    Column("family_key", _KEY, nullable=False, server_default=""),
    Column("given_key", _KEY, nullable=False, server_default=""),
    Column("stated_consanguinity", Boolean),
    Column("last_document_id", Uuid(as_uuid=False)),
    _moment("created_at"),
    Column("created_by", Text),
    _moment("updated_at"),
    Column("updated_by", Text),
    _asked("birth_date", "answers ->> 'birth_date'"),
    _asked("sex", "answers #>> '{sex,code}'"),
    _asked("deceased", "(answers -> 'deceased') = 'true'::jsonb", Boolean),
    Column("missing_count", Integer, nullable=False, server_default=text("0")),
)
Index("fiche_idmr", fiche.c.idmr, postgresql_where=fiche.c.idmr.is_not(None))
Index("fiche_name", fiche.c.family_key, fiche.c.given_key, fiche.c.id)
Index("fiche_birth", fiche.c.birth_date, postgresql_where=fiche.c.birth_date.is_not(None))
Index("fiche_updated", fiche.c.updated_at.desc(), fiche.c.id)
Index(
    "fiche_updated_by",
    fiche.c.updated_by,
    fiche.c.updated_at.desc(),
    postgresql_where=fiche.c.updated_by.is_not(None),
)
Index("fiche_quality", fiche.c.quality, fiche.c.updated_at.desc())

identifier = Table(
    "identifier",
    METADATA,
    _serial(),
    _points_at("fiche_id", "fiche"),
    Column("kind", Text, nullable=False),
    Column("root", Text, nullable=False),
    Column("extension", Text, nullable=False),
    Column("lookup", Text, nullable=False),
    _origin(),
    _moment("created_at"),
    UniqueConstraint("fiche_id", "lookup"),
)
Index("identifier_lookup", identifier.c.lookup)
Index("identifier_extension", func.lower(identifier.c.extension))

prise_en_charge = Table(
    "prise_en_charge",
    METADATA,
    _id(),
    _points_at("fiche_id", "fiche"),
    Column("site", Text, nullable=False),
    _origin(),
    *_state(),
    # Of the fiche, repeated here: the lists and the counters of a site read this table alone.
    Column("sort_key", _KEY, nullable=False, server_default=""),
    Column("quality", Text, nullable=False, server_default="incomplete"),
    _asked("inclusion_date", "answers ->> 'inclusion_date'"),
    UniqueConstraint("fiche_id", "site"),
)
_SORTED = (prise_en_charge.c.sort_key, prise_en_charge.c.fiche_id)
Index("prise_en_charge_site", prise_en_charge.c.site, *_SORTED)
Index("prise_en_charge_quality", prise_en_charge.c.site, prise_en_charge.c.quality, *_SORTED)

activite = Table(
    "activite",
    METADATA,
    _id(),
    _points_at("fiche_id", "fiche"),
    _origin(),
    *_source(),
    *_state(),
    _asked("activity_date", "answers ->> 'activity_date'"),
    _asked("site", "answers ->> 'activity_site_id'"),
)
Index("activite_source", activite.c.fiche_id, activite.c.source_key, unique=True)
Index("activite_date", activite.c.site, activite.c.activity_date)

diagnostic = Table(
    "diagnostic",
    METADATA,
    _id(),
    _points_at("fiche_id", "fiche"),
    _origin(),
    *_source(),
    Column("act_key", Text),
    Column("has_observation_id", Boolean, nullable=False, server_default=text("false")),
    *_state(),
    _asked("disease_code", "answers #>> '{disease,code}'"),
    _asked("disease_label", "answers #>> '{disease,label}'"),
    _asked("status", "answers #>> '{diagnosis_status,code}'"),
)
Index("diagnostic_source", diagnostic.c.fiche_id, diagnostic.c.source_key, unique=True)
Index("diagnostic_disease", diagnostic.c.disease_code)

grossesse = Table("grossesse", METADATA, _id(), _points_at("fiche_id", "fiche"), _origin(), *_source(), *_state())
Index("grossesse_source", grossesse.c.fiche_id, grossesse.c.source_key, unique=True)

fetus = Table(
    "fetus",
    METADATA,
    _id(),
    _points_at("fiche_id", "fiche"),
    _points_at("parent_id", "grossesse"),
    # Deferred: a mother's document may bring her fiche before the fetus's own.
    Column(
        "subject_id",
        Uuid(as_uuid=False),
        ForeignKey("fiche.id", deferrable=True, initially="DEFERRED"),
        nullable=False,
    ),
    _origin(),
    *_state(),
    UniqueConstraint("parent_id", "subject_id"),
)
Index("fetus_fiche", fetus.c.fiche_id)
Index("fetus_subject", fetus.c.subject_id)

block_version = Table(
    "block_version",
    METADATA,
    _serial(),
    _points_at("fiche_id", "fiche"),
    Column("block", Text, nullable=False),
    Column("block_id", Uuid(as_uuid=False), nullable=False),
    Column("version", Integer, nullable=False),
    Column("answers", JSONB, nullable=False),
    Column("provenance", JSONB, nullable=False),
    _moment("replaced_at"),
    Column("replaced_origin", Text, nullable=False),
    Column("replaced_by", Text),
    Column("document_id", Uuid(as_uuid=False)),
)
Index("block_version_block", block_version.c.fiche_id, block_version.c.block_id, block_version.c.version)

identity_alert = Table(
    "identity_alert",
    METADATA,
    _serial(),
    Column("kind", Text, nullable=False),
    _points_at("fiche_id", "fiche", nullable=True),
    _points_at("other_fiche_id", "fiche", nullable=True),
    _points_at("document_id", "received_document", nullable=True),
    Column("explanation", Text, nullable=False),
    _moment("created_at"),
    Column("closed_at", DateTime(timezone=True)),
    Column("closed_by", Text),
)
Index("identity_alert_fiche", identity_alert.c.fiche_id)
Index("identity_alert_other", identity_alert.c.other_fiche_id)
Index("identity_alert_open", identity_alert.c.created_at, postgresql_where=identity_alert.c.closed_at.is_(None))

proposal = Table(
    "proposal",
    METADATA,
    _serial(),
    Column("kind", Text, CheckConstraint("kind in ('emptied', 'site_created')"), nullable=False),
    _points_at("fiche_id", "fiche"),
    Column("block", Text, nullable=False),
    Column("block_id", Uuid(as_uuid=False), nullable=False),
    Column("item", Text),
    _points_at("document_id", "received_document", nullable=True),
    _moment("created_at"),
    Column("closed_at", DateTime(timezone=True)),
    Column("closed_by", Text),
    Column("accepted", Boolean),
)
Index("proposal_fiche", proposal.c.fiche_id, postgresql_where=proposal.c.closed_at.is_(None))

BLOCK_TABLES = {
    "prise_en_charge": prise_en_charge,
    "activite": activite,
    "diagnostic": diagnostic,
    "grossesse": grossesse,
    "fetus": fetus,
}
"""The repeated blocks, in an order that foreign keys accept (a fetus points at its grossesse)."""
