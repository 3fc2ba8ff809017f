"""The tables of the fiche, as migrations/tenant/0001 makes them (a test compares the two).

Each instance of a block is a row: `answers` (item → value), `provenance` (see provenance.py) and `version`;
generated columns hold what lists and searches ask. Core tables: rules work on record.py, never on rows.
"""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from app.fiches import columns
from app.tenants.bases import TenantBase

METADATA = TenantBase.metadata

fiche = Table(
    "fiche",
    METADATA,
    columns.id_(),
    columns.one_of("kind", "born", "fetus"),
    columns.one_of("origin", "web", "dpi", "import", "merge"),
    columns.one_of("quality", "draft", "incomplete", "to_correct", "complete"),
    Column("draft", Boolean, nullable=False, server_default=text("false")),
    *columns.state(),
    Column("idmr", Text),
    Column("family_key", columns.KEY, nullable=False, server_default=""),
    Column("given_key", columns.KEY, nullable=False, server_default=""),
    Column("stated_consanguinity", Boolean),
    Column("last_document_id", Uuid(as_uuid=False)),
    columns.moment("created_at"),
    Column("created_by", Text),
    columns.moment("updated_at"),
    Column("updated_by", Text),
    columns.asked("birth_date", "answers ->> 'birth_date'"),
    columns.asked("sex", "answers #>> '{sex,code}'"),
    columns.asked("deceased", "(answers -> 'deceased') = 'true'::jsonb", Boolean),
    Column("missing_count", Integer, nullable=False, server_default=text("0")),
    # The marks of its problems and their key (marks.py); null until somebody tells them.
    Column("problems", ARRAY(Text)),
    Column("problems_key", BigInteger),
    columns.points_at("merged_into", "fiche", nullable=True),
)
Index("fiche_merged", fiche.c.merged_into, postgresql_where=fiche.c.merged_into.is_not(None))
Index("fiche_idmr", fiche.c.idmr, postgresql_where=fiche.c.idmr.is_not(None))
Index("fiche_name", fiche.c.family_key, fiche.c.given_key, fiche.c.id)
Index("fiche_birth", fiche.c.birth_date, postgresql_where=fiche.c.birth_date.is_not(None))
Index("fiche_untold", fiche.c.id, postgresql_where=fiche.c.problems.is_(None))

identifier = Table(
    "identifier",
    METADATA,
    columns.serial(),
    columns.points_at("fiche_id", "fiche"),
    Column("kind", Text, nullable=False),
    Column("root", Text, nullable=False),
    Column("extension", Text, nullable=False),
    Column("lookup", Text, nullable=False),
    columns.origin(),
    columns.moment("created_at"),
    UniqueConstraint("fiche_id", "lookup"),
)
Index("identifier_lookup", identifier.c.lookup)
Index("identifier_extension", func.lower(identifier.c.extension))

prise_en_charge = Table(
    "prise_en_charge",
    METADATA,
    columns.id_(),
    columns.points_at("fiche_id", "fiche"),
    Column("site", Text, nullable=False),
    columns.origin(),
    *columns.state(),
    # Lists read `listed` since 0006; a process of the release before may still write here while hospitals are upgraded.
    Column("sort_key", columns.KEY, nullable=False, server_default="", info=columns.FORMER),
    Column("quality", Text, nullable=False, server_default="incomplete", info=columns.FORMER),
    Column("problems_key", BigInteger, info=columns.FORMER),
    columns.asked("inclusion_date", "answers ->> 'inclusion_date'"),
    UniqueConstraint("fiche_id", "site"),
)
Index("prise_en_charge_of_site", prise_en_charge.c.site)

activite = Table(
    "activite",
    METADATA,
    columns.id_(),
    columns.points_at("fiche_id", "fiche"),
    columns.origin(),
    *columns.source(),
    *columns.state(),
    columns.asked("activity_date", "answers ->> 'activity_date'"),
    columns.asked("site", "answers ->> 'activity_site_id'"),
)
Index("activite_source", activite.c.fiche_id, activite.c.source_key, unique=True)
Index("activite_date", activite.c.site, activite.c.activity_date)

diagnostic = Table(
    "diagnostic",
    METADATA,
    columns.id_(),
    columns.points_at("fiche_id", "fiche"),
    columns.origin(),
    *columns.source(),
    Column("act_key", Text),
    Column("has_observation_id", Boolean, nullable=False, server_default=text("false")),
    *columns.state(),
    columns.asked("disease_code", "answers #>> '{disease,code}'"),
    columns.asked("disease_label", "answers #>> '{disease,label}'"),
    columns.asked("status", "answers #>> '{diagnosis_status,code}'"),
)
Index(
    "diagnostic_source",
    diagnostic.c.fiche_id,
    diagnostic.c.source_key,
    diagnostic.c.has_observation_id,
    unique=True,
)
Index("diagnostic_disease", diagnostic.c.disease_code)
Index("diagnostic_status", diagnostic.c.status, diagnostic.c.fiche_id)

grossesse = Table(
    "grossesse",
    METADATA,
    columns.id_(),
    columns.points_at("fiche_id", "fiche"),
    columns.origin(),
    *columns.source(),
    *columns.state(),
)
Index("grossesse_source", grossesse.c.fiche_id, grossesse.c.source_key, unique=True)

fetus = Table(
    "fetus",
    METADATA,
    columns.id_(),
    columns.points_at("fiche_id", "fiche"),
    columns.points_at("parent_id", "grossesse"),
    # Deferred: a mother's document may bring her fiche before the fetus's own.
    Column(
        "subject_id",
        Uuid(as_uuid=False),
        ForeignKey("fiche.id", deferrable=True, initially="DEFERRED"),
        nullable=False,
    ),
    columns.origin(),
    *columns.state(),
    UniqueConstraint("parent_id", "subject_id"),
)
Index("fetus_fiche", fetus.c.fiche_id)
Index("fetus_subject", fetus.c.subject_id)

block_version = Table(
    "block_version",
    METADATA,
    columns.serial(),
    columns.points_at("fiche_id", "fiche"),
    Column("block", Text, nullable=False),
    Column("block_id", Uuid(as_uuid=False), nullable=False),
    *columns.state(),
    *columns.replaced(),
    Column("document_id", Uuid(as_uuid=False)),
)
Index("block_version_block", block_version.c.fiche_id, block_version.c.block_id, block_version.c.version)
Index("block_version_states", block_version.c.block_id, block_version.c.version)

fiche_edit = Table(
    "fiche_edit",
    METADATA,
    columns.serial(),
    columns.points_at("fiche_id", "fiche"),
    Column("at", DateTime(timezone=True), nullable=False),
    columns.origin(),
    Column("by", Text),
    Column("version", Integer, nullable=False),
    Column("states", JSONB, nullable=False),
    Column("outside", JSONB(none_as_null=True)),
)
Index("fiche_edit_fiche", fiche_edit.c.fiche_id, fiche_edit.c.id)

identity_alert = Table(
    "identity_alert",
    METADATA,
    columns.serial(),
    Column("kind", Text, nullable=False),
    columns.points_at("fiche_id", "fiche", nullable=True),
    columns.points_at("other_fiche_id", "fiche", nullable=True),
    columns.points_at("document_id", "received_document", nullable=True),
    Column("explanation", Text, nullable=False),
    columns.moment("created_at"),
    Column("closed_at", DateTime(timezone=True)),
    Column("closed_by", Text),
    Column("outcome", Text, CheckConstraint("outcome in ('merged', 'dismissed')")),
    Column("weight", REAL),
)
Index("identity_alert_fiche", identity_alert.c.fiche_id)
Index("identity_alert_other", identity_alert.c.other_fiche_id)
Index("identity_alert_open", identity_alert.c.created_at, postgresql_where=identity_alert.c.closed_at.is_(None))

proposal = Table(
    "proposal",
    METADATA,
    columns.serial(),
    columns.one_of("kind", "emptied", "site_created"),
    columns.points_at("fiche_id", "fiche"),
    Column("block", Text, nullable=False),
    Column("block_id", Uuid(as_uuid=False), nullable=False),
    Column("item", Text),
    columns.points_at("document_id", "received_document", nullable=True),
    columns.moment("created_at"),
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
