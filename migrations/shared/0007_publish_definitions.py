"""Editions of the definitions: described, weighed by an impact report, then published from a day on. And the role of
those who write the fetal pathology."""

from alembic import op

revision = "0007"
down_revision = "0006"

TABLES = """
create table definition_edition (
    id uuid primary key,
    family text not null,
    number integer not null,
    label text not null,
    changes jsonb not null,
    described_at timestamptz not null default now(),
    described_by text not null,
    applies_from date,
    published_at timestamptz,
    published_by text,
    unique (family, number)
);

create table definition_impact (
    id bigint generated always as identity primary key,
    edition_id uuid not null references definition_edition,
    asked_at timestamptz not null default now(),
    asked_by text not null,
    state text not null default 'asked' check (state in ('asked', 'running', 'done', 'failed')),
    started_at timestamptz,
    finished_at timestamptz,
    report jsonb not null default '{}'
);
create index definition_impact_edition on definition_impact (edition_id, id desc);

alter table account_role drop constraint account_role_role_check;
alter table account_role add constraint account_role_role_check check (role in
    ('clinician', 'foetopathologist', 'account_manager', 'filiere_referent', 'si_project', 'dim', 'bndmr'));
"""


def upgrade() -> None:
    op.execute(TABLES)
