"""Two fiches of one person are merged, and parted again; what people did is kept so that it can be done again."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.execute("""
        alter table fiche add column merged_into uuid references fiche;
        create index fiche_merged on fiche (merged_into) where merged_into is not null;

        create index block_version_states on block_version (block_id, version);

        create table fiche_edit (
            id bigint generated always as identity primary key,
            fiche_id uuid not null references fiche,
            at timestamptz not null,
            origin text not null,
            by text,
            version integer not null,
            states jsonb not null,
            outside jsonb
        );
        create index fiche_edit_fiche on fiche_edit (fiche_id, id);

        create table fiche_merge (
            id uuid primary key,
            kept_id uuid not null references fiche,
            absorbed_id uuid not null references fiche,
            merged_at timestamptz not null,
            merged_by text not null,
            choices jsonb not null,
            before jsonb not null,
            moved jsonb not null,
            undone_at timestamptz,
            undone_by text,
            sides jsonb
        );
        create index fiche_merge_kept on fiche_merge (kept_id);
        create index fiche_merge_absorbed on fiche_merge (absorbed_id);

        alter table identity_alert add column outcome text check (outcome in ('merged', 'dismissed'));
        alter table identity_alert add column weight real;

        create table duplicate_search (
            id bigint generated always as identity primary key,
            asked_at timestamptz not null default now(),
            finished_at timestamptz,
            model text not null,
            fiches integer,
            candidates integer,
            suggested integer
        );
    """)


def downgrade() -> None:
    op.execute("""
        drop table duplicate_search;
        alter table identity_alert drop column weight;
        alter table identity_alert drop column outcome;
        drop table fiche_merge;
        drop table fiche_edit;
        drop index block_version_states;
        alter table fiche drop column merged_into;
    """)
