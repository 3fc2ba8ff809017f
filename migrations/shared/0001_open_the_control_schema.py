"""The shared schema `control`: hospitals and their structures, channels, people, sessions, outgoing mail.

Nothing nominative of a patient."""

from alembic import op

revision = "0001"
down_revision = None

SCHEMA = """
create table hospital (
    id uuid primary key,
    code text not null unique check (code ~ '^[A-Z0-9]{2,12}$'),
    name text not null,
    schema_name text not null unique,
    role_name text not null unique,
    placement text not null default 'default',
    ipp_oid text,
    fetus_oid text,
    test_site boolean not null default false,
    clinical_description_mixed boolean not null default false,
    opened_at timestamptz not null default now()
);
create table hospital_finess (
    hospital_id uuid not null references hospital,
    finess text not null check (finess ~ '^[0-9A-Z]{9}$'),
    primary key (hospital_id, finess)
);
create index hospital_finess_number on hospital_finess (finess);

create table hospital_upgrade (
    hospital_id uuid primary key references hospital,
    revision text,
    state text not null check (state in ('current', 'failed')),
    error text,
    at timestamptz not null default now()
);

create table filiere (
    code text primary key,
    label text not null
);

create table site (
    hospital_id uuid not null references hospital,
    code text not null,
    label text not null,
    kind text not null check (kind in ('crmr_coo', 'crmr_cst', 'ccmr', 'crc', 'hors_label')),
    filiere text references filiere,
    opened_on date,
    closed_on date,
    primary key (hospital_id, code)
);

create table channel (
    id uuid primary key,
    hospital_id uuid not null references hospital,
    kind text not null check (kind in ('http', 'folder', 'mailbox', 'upload', 'command')),
    label text not null default '',
    token_hash bytea unique,
    settings jsonb not null default '{}',
    created_at timestamptz not null default now(),
    revoked_at timestamptz
);

create table account (
    id uuid primary key,
    email text not null unique check (email = lower(email)),
    given_name text not null default '',
    family_name text not null default '',
    profession text check (profession in
        ('medecin', 'paramedical', 'conseiller_genetique', 'arc_tec', 'administratif')),
    rpps text,
    password_hash text not null,
    state text not null check (state in ('registered', 'confirmed', 'active', 'refused', 'suspended')),
    created_at timestamptz not null default now(),
    last_sign_in_at timestamptz
);

create table sign_in_attempts (
    email_hash bytea primary key,
    failed integer not null,
    locked_at timestamptz,
    last_at timestamptz not null default now()
);

create table account_role (
    account_id uuid not null references account,
    role text not null check (role in
        ('clinician', 'account_manager', 'filiere_referent', 'si_project', 'dim', 'bndmr')),
    hospital_id uuid references hospital,
    filiere text references filiere,
    unique nulls not distinct (account_id, role, hospital_id, filiere)
);

create table account_site (
    account_id uuid not null references account,
    hospital_id uuid not null,
    site_code text not null,
    primary key (account_id, hospital_id, site_code),
    foreign key (hospital_id, site_code) references site (hospital_id, code)
);

create table web_session (
    id_hash bytea primary key,
    account_id uuid references account,
    stage text not null check (stage in ('anonymous', 'password', 'signed_in')),
    hospital_id uuid references hospital,
    site_code text,
    data jsonb not null default '{}',
    created_at timestamptz not null default now(),
    seen_at timestamptz not null default now(),
    ended_at timestamptz
);
create index web_session_account on web_session (account_id) where ended_at is null;
create index web_session_seen on web_session (seen_at);

create table sign_in_code (
    id uuid primary key,
    account_id uuid not null references account,
    session_hash bytea not null,
    code_hash bytea not null,
    created_at timestamptz not null default now(),
    sent_at timestamptz,
    tries integer not null default 0,
    used_at timestamptz
);
create index sign_in_code_session on sign_in_code (session_hash, created_at desc);
create index sign_in_code_account on sign_in_code (account_id, created_at desc);

create table outgoing_mail (
    id uuid primary key,
    recipient text not null,
    subject text not null,
    text_body text not null,
    html_body text,
    purpose text not null default '',
    purpose_id uuid,
    created_at timestamptz not null default now(),
    attempts integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    sent_at timestamptz,
    error text
);
create index outgoing_mail_unsent on outgoing_mail (next_attempt_at) where sent_at is null;

create table audit_event (
    seq bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    actor text not null,
    action text not null,
    hospital_id uuid,
    detail jsonb not null default '{}',
    chain_position bigint unique,
    previous_hash bytea,
    hash bytea
);
create index audit_event_unsealed on audit_event (seq) where hash is null;

create table audit_anchor (
    chain text not null,
    position bigint not null,
    hash bytea not null,
    anchored_at timestamptz not null default now(),
    primary key (chain, position)
);
"""


def upgrade() -> None:
    op.execute(SCHEMA)
