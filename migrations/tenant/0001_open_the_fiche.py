"""The schema of one hospital: fiches, their blocks, their history, the inbox and the audit."""

from alembic import op

revision = "0001"
down_revision = None

# One sentence of SQL, sent once: opening a hospital is a matter of milliseconds.
SCHEMA = """
create table fiche (
    id uuid primary key,
    kind text not null check (kind in ('born', 'fetus')),
    origin text not null check (origin in ('web', 'dpi', 'import', 'merge')),
    quality text not null check (quality in ('draft', 'incomplete', 'to_correct', 'complete')),
    draft boolean not null default false,
    answers jsonb not null,
    provenance jsonb not null,
    version integer not null,
    idmr text,
    family_key text collate "C" not null default '',
    given_key text collate "C" not null default '',
    stated_consanguinity boolean,
    last_document_id uuid,
    created_at timestamptz not null default now(),
    created_by text,
    updated_at timestamptz not null default now(),
    updated_by text,
    birth_date text generated always as (answers ->> 'birth_date') stored,
    sex text generated always as (answers #>> '{sex,code}') stored,
    deceased boolean generated always as ((answers -> 'deceased') = 'true'::jsonb) stored,
    missing_count integer not null default 0
);
create index fiche_idmr on fiche (idmr) where idmr is not null;
create index fiche_name on fiche (family_key, given_key, id);
create index fiche_fetus on fiche (family_key, given_key, id) where kind = 'fetus';
create index fiche_birth on fiche (birth_date) where birth_date is not null;
create index fiche_updated on fiche (updated_at desc, id);
create index fiche_updated_by on fiche (updated_by, updated_at desc) where updated_by is not null;
create index fiche_quality on fiche (quality, updated_at desc);

create table identifier (
    id bigint generated always as identity primary key,
    fiche_id uuid not null references fiche,
    kind text not null,
    root text not null,
    extension text not null,
    lookup text not null,
    origin text not null,
    created_at timestamptz not null default now(),
    unique (fiche_id, lookup)
);
create index identifier_lookup on identifier (lookup);
create index identifier_extension on identifier (lower(extension));

create table prise_en_charge (
    id uuid primary key,
    fiche_id uuid not null references fiche,
    site text not null,
    origin text not null,
    answers jsonb not null,
    provenance jsonb not null,
    version integer not null,
    sort_key text collate "C" not null default '',
    quality text not null default 'incomplete',
    inclusion_date text generated always as (answers ->> 'inclusion_date') stored,
    unique (fiche_id, site)
);
create index prise_en_charge_site on prise_en_charge (site, sort_key, fiche_id);
create index prise_en_charge_quality on prise_en_charge (site, quality, sort_key, fiche_id);

create table activite (
    id uuid primary key,
    fiche_id uuid not null references fiche,
    origin text not null,
    source_key text,
    source_root text,
    source_extension text,
    answers jsonb not null,
    provenance jsonb not null,
    version integer not null,
    activity_date text generated always as (answers ->> 'activity_date') stored,
    site text generated always as (answers ->> 'activity_site_id') stored
);
create unique index activite_source on activite (fiche_id, source_key);
create index activite_date on activite (site, activity_date);

create table diagnostic (
    id uuid primary key,
    fiche_id uuid not null references fiche,
    origin text not null,
    source_key text,
    source_root text,
    source_extension text,
    act_key text,
    has_observation_id boolean not null default false,
    answers jsonb not null,
    provenance jsonb not null,
    version integer not null,
    disease_code text generated always as (answers #>> '{disease,code}') stored,
    disease_label text generated always as (answers #>> '{disease,label}') stored,
    status text generated always as (answers #>> '{diagnosis_status,code}') stored
);
create unique index diagnostic_source on diagnostic (fiche_id, source_key, has_observation_id);
create index diagnostic_disease on diagnostic (disease_code);

create table grossesse (
    id uuid primary key,
    fiche_id uuid not null references fiche,
    origin text not null,
    source_key text,
    source_root text,
    source_extension text,
    answers jsonb not null,
    provenance jsonb not null,
    version integer not null
);
create unique index grossesse_source on grossesse (fiche_id, source_key);

create table fetus (
    id uuid primary key,
    fiche_id uuid not null references fiche,
    parent_id uuid not null references grossesse,
    subject_id uuid not null references fiche deferrable initially deferred,
    origin text not null,
    answers jsonb not null,
    provenance jsonb not null,
    version integer not null,
    unique (parent_id, subject_id)
);
create index fetus_fiche on fetus (fiche_id);
create index fetus_subject on fetus (subject_id);

create table block_version (
    id bigint generated always as identity primary key,
    fiche_id uuid not null references fiche,
    block text not null,
    block_id uuid not null,
    version integer not null,
    answers jsonb not null,
    provenance jsonb not null,
    replaced_at timestamptz not null default now(),
    replaced_origin text not null,
    replaced_by text,
    document_id uuid
);
create index block_version_block on block_version (fiche_id, block_id, version);

create table received_document (
    id uuid primary key,
    seq bigint generated always as identity,
    received_at timestamptz not null default clock_timestamp(),
    channel text not null,
    transport_id text,
    sha256 bytea not null,
    size integer not null,
    body bytea not null,
    state text not null default 'pending' check (state in ('pending', 'integrated', 'archived_resend',
        'archived_superseded', 'archived_not_for_us', 'rejected', 'quarantined')),
    code text,
    report jsonb not null default '{}',
    attempts integer not null default 0,
    finished_at timestamptz,
    fiche_id uuid references fiche,
    fingerprint bytea,
    set_id text,
    version_number integer,
    effective_at timestamptz,
    replay_of uuid
);
create unique index received_document_transport on received_document (channel, transport_id);
create index received_document_pending on received_document (seq) where state = 'pending';
create index received_document_state on received_document (state, seq);
create index received_document_sha256 on received_document (sha256);
create index received_document_fiche on received_document (fiche_id, seq desc) where fiche_id is not null;

create table journal_line (
    id bigint generated always as identity primary key,
    document_id uuid not null references received_document,
    fiche_id uuid not null references fiche,
    lines jsonb not null
);
create index journal_line_document on journal_line (document_id);
create index journal_line_fiche on journal_line (fiche_id);

create table outgoing_answer (
    id bigint generated always as identity primary key,
    document_id uuid not null unique references received_document,
    state text not null,
    code text,
    message text not null,
    created_at timestamptz not null default now(),
    sent_at timestamptz
);
create index outgoing_answer_unsent on outgoing_answer (id) where sent_at is null;

create table identity_alert (
    id bigint generated always as identity primary key,
    kind text not null,
    fiche_id uuid references fiche,
    other_fiche_id uuid references fiche,
    document_id uuid references received_document,
    explanation text not null,
    created_at timestamptz not null default now(),
    closed_at timestamptz,
    closed_by text
);
create index identity_alert_fiche on identity_alert (fiche_id);
create index identity_alert_other on identity_alert (other_fiche_id);
create index identity_alert_open on identity_alert (created_at) where closed_at is null;

create table proposal (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('emptied', 'site_created')),
    fiche_id uuid not null references fiche,
    block text not null,
    block_id uuid not null,
    item text,
    document_id uuid references received_document,
    created_at timestamptz not null default now(),
    closed_at timestamptz,
    closed_by text,
    accepted boolean
);
create index proposal_fiche on proposal (fiche_id) where closed_at is null;

create table audit_event (
    seq bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    actor text not null,
    action text not null,
    fiche_id uuid,
    document_id uuid,
    detail jsonb not null default '{}',
    chain_position bigint unique,
    previous_hash bytea,
    hash bytea
);
create index audit_event_unsealed on audit_event (seq) where hash is null;
create index audit_event_fiche on audit_event (fiche_id, seq desc);
"""


def upgrade() -> None:
    op.execute(SCHEMA)
