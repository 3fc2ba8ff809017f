"""A search for duplicates that failed waits for the next night: its hospital must not be asked again and again."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.execute("alter table duplicate_search add column failure text")


def downgrade() -> None:
    op.execute("alter table duplicate_search drop column failure")
