"""A letter may be an answer to a mail kept by a hospital: it says which, and holds nothing of the mail."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute("alter table outgoing_mail add column hospital_id uuid references hospital")
