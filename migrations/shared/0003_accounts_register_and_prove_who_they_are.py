"""The life of an account: registration and its links, approval, stronger factors, known browsers, sessions to list.

Everything is added, nothing changes: the code of before goes on working beside it (E3)."""

from alembic import op

revision = "0003"
down_revision = "0002"

CHANGES = """
alter table account
    add column civility text check (civility in ('madame', 'monsieur')),
    add column phone text,
    add column language text not null default 'fr' check (language in ('fr', 'en')),
    add column terms_accepted_at timestamptz,
    add column confirmed_at timestamptz,
    add column deciders_told_at timestamptz,
    add column decided_at timestamptz,
    add column decided_by uuid references account,
    add column refusal_reason text,
    add column password_changed_at timestamptz not null default now(),
    add column last_factor text check (last_factor in ('mail', 'app', 'passkey', 'recovery', 'outside')),
    add column last_place text;
create index account_awaiting on account (confirmed_at) where state = 'confirmed';

alter table hospital
    add column minimum_factor text not null default 'mail' check (minimum_factor in ('mail', 'app', 'passkey'));

alter table web_session
    add column public_id uuid not null unique default gen_random_uuid(),
    add column factor text check (factor in ('mail', 'app', 'passkey', 'recovery', 'outside')),
    add column browser text not null default '';

create index audit_event_actor on audit_event (actor, seq desc);
create index audit_event_account on audit_event ((detail ->> 'account'), seq desc);

create table one_use_link (
    id uuid primary key,
    purpose text not null check (purpose in ('confirm_address', 'reset_password', 'unlock')),
    account_id uuid not null references account,
    token_hash bytea not null unique,
    created_at timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null,
    used_at timestamptz
);
create index one_use_link_account on one_use_link (account_id, purpose, created_at desc);

create table authenticator_app (
    account_id uuid primary key references account,
    sealed_secret bytea not null,
    confirmed_at timestamptz,
    last_step bigint not null default 0
);

create table passkey (
    id uuid primary key,
    account_id uuid not null references account,
    credential_id bytea not null unique,
    public_key bytea not null,
    sign_count bigint not null default 0,
    label text not null,
    created_at timestamptz not null default now(),
    last_used_at timestamptz
);
create index passkey_account on passkey (account_id);

create table recovery_code (
    account_id uuid not null references account,
    code_hash bytea not null,
    used_at timestamptz,
    primary key (account_id, code_hash)
);

create table known_browser (
    token_hash bytea not null,
    account_id uuid not null references account,
    factor text not null check (factor in ('mail', 'app', 'passkey')),
    browser text not null default '',
    created_at timestamptz not null default now(),
    primary key (token_hash, account_id)
);
create index known_browser_account on known_browser (account_id);

create table outside_identity (
    issuer text not null,
    subject text not null,
    account_id uuid not null references account,
    linked_at timestamptz not null default now(),
    primary key (issuer, subject)
);
create index outside_identity_account on outside_identity (account_id);
"""


def upgrade() -> None:
    op.execute(CHANGES)
