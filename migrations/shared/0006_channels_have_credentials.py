"""Channels of every kind: where they stand, their sealed secrets, who opened them and how they are."""

from alembic import op

revision = "0006"
down_revision = "0005"

CHANGES = """
alter table channel
    add column place text,
    add column sealed bytea,
    add column opened_by text not null default 'system',
    add column rotated_at timestamptz,
    add column seen_at timestamptz,
    add column error text;
create unique index channel_place on channel (place) where revoked_at is null;
"""


def upgrade() -> None:
    op.execute(CHANGES)
