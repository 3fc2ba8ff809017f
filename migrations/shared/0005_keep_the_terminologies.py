"""The terminologies: their releases, terms, names, what replaces a code, classifications, links between systems; and
the codes that clinicians miss. No code is ever deleted: what a release drops is only inactive."""

from alembic import op

revision = "0005"
down_revision = "0004"

TABLES = """
create table terminology_release (
    id uuid primary key,
    system text not null,
    part text not null,
    release text not null,
    licence text not null default '',
    sha256 text not null,
    entries integer not null,
    loaded_at timestamptz not null default clock_timestamp()
);
create index terminology_release_latest on terminology_release (system, loaded_at desc);

create table term (
    system text not null,
    code text not null,
    label text not null,
    lang text not null default 'fr' check (lang in ('fr', 'en')),
    kind text not null,
    active boolean not null default true,
    selectable boolean not null default true,
    prior real not null default 0,
    detail jsonb not null default '{}',
    part text not null,
    release text not null,
    primary key (system, code)
);

create table synonym (
    system text not null,
    code text not null,
    part text not null,
    text text not null,
    lang text not null default 'fr',
    kind text not null default 'synonym' check (kind in ('label', 'synonym', 'symbol', 'former', 'postal')),
    primary key (system, code, part, lang, text)
);

create table redirection (
    system text not null,
    code text not null,
    target text not null,
    reason text not null check (reason in ('moved', 'referred', 'merged', 'alias')),
    part text not null,
    primary key (system, code, target)
);

create table term_edge (
    system text not null,
    classification text not null,
    parent text not null,
    child text not null,
    primary key (system, classification, parent, child)
);
create index term_edge_child on term_edge (system, child);

create table term_link (
    system text not null,
    code text not null,
    target_system text not null,
    target text not null,
    relation text not null default '',
    part text not null,
    primary key (system, code, target_system, target, part, relation)
);
create index term_link_target on term_link (target_system, target);

create table missing_code_request (
    id uuid primary key,
    hospital_id uuid not null references hospital,
    site_code text not null,
    filiere text references filiere,
    system text not null,
    proposed_label text not null,
    comment text not null default '',
    requested_by uuid not null references account,
    requested_at timestamptz not null default clock_timestamp(),
    state text not null default 'open' check (state in ('open', 'transmitted', 'answered')),
    answer text not null default ''
);
create index missing_code_request_filiere on missing_code_request (filiere, requested_at desc);
"""


def upgrade() -> None:
    op.execute(TABLES)
