"""The id that the sender gave a document (root, extension): what an editor knows it by."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.execute("""
        alter table received_document add column own_id text;
        create index received_document_own on received_document (own_id text_pattern_ops) where own_id is not null;
        create index received_document_own_extension on received_document (split_part(own_id, '^', 2))
            where own_id is not null;
    """)


def downgrade() -> None:
    op.execute("alter table received_document drop column own_id")
