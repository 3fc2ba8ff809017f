"""A letter that nobody will ever receive is given up: kept without its words, seen by `doctor`, tried no more."""

from alembic import op

revision = "0004"
down_revision = "0003"

CHANGES = """
alter table outgoing_mail add column given_up_at timestamptz;
drop index outgoing_mail_unsent;
create index outgoing_mail_unsent on outgoing_mail (next_attempt_at) where sent_at is null and given_up_at is null;
"""


def upgrade() -> None:
    op.execute(CHANGES)
