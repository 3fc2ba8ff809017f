"""The complementary collections of a fiche, and each of their former states. No document writes there."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("""
        create table recueil_block (
            id uuid primary key,
            fiche_id uuid not null references fiche,
            recueil text not null,
            block text not null,
            edition integer not null,
            answers jsonb not null,
            provenance jsonb not null,
            version integer not null
        );
        create index recueil_block_fiche on recueil_block (fiche_id);
        create index recueil_block_recueil on recueil_block (recueil, fiche_id);

        create table recueil_version (
            id bigint generated always as identity primary key,
            fiche_id uuid not null references fiche,
            recueil text not null,
            block text not null,
            block_id uuid not null,
            edition integer not null,
            version integer not null,
            answers jsonb not null,
            provenance jsonb not null,
            replaced_at timestamptz not null default now(),
            replaced_origin text not null,
            replaced_by text
        );
        create index recueil_version_block on recueil_version (fiche_id, block_id, version);
    """)


def downgrade() -> None:
    op.execute("drop table recueil_version; drop table recueil_block")
