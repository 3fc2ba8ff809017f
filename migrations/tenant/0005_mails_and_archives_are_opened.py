"""A mail or an archive is received as it came, then opened: each document in it has a row of its own."""

from alembic import op

revision = "0005"
down_revision = "0004"

CHANGES = """
alter table received_document
    add column envelope text check (envelope in ('mail', 'archive')),
    add column part_of uuid references received_document,
    add column part integer not null default 0,
    drop constraint received_document_state_check,
    add constraint received_document_state_check check (state in ('pending', 'opened', 'integrated', 'archived_resend',
        'archived_superseded', 'archived_not_for_us', 'rejected', 'quarantined'));
create index received_document_part_of on received_document (part_of, part) where part_of is not null;
drop index received_document_pending;
create index received_document_pending on received_document (seq, part) where state = 'pending';

alter table outgoing_answer
    add column by_mail text check (by_mail in ('notification', 'letter')),
    add column posted_at timestamptz;
drop index outgoing_answer_unsent;
create index outgoing_answer_unposted on outgoing_answer (id) where by_mail is not null and posted_at is null;
"""


def upgrade() -> None:
    op.execute(CHANGES)
