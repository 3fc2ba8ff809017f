"""What a person is typing in a form, sealed, until it is saved: a session that expires loses nothing."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("""
        create table form_draft (
            account_id uuid not null,
            form_key text not null,
            sealed bytea not null,
            saved_at timestamptz not null default now(),
            primary key (account_id, form_key)
        );
        create index form_draft_saved on form_draft (saved_at);
    """)


def downgrade() -> None:
    op.execute("drop table form_draft")
