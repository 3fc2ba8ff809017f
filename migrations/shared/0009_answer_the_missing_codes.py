"""A request for a missing code is answered with a code, or refused with a reason, by somebody, one day."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.execute("""
        alter table missing_code_request
            drop constraint missing_code_request_state_check,
            add constraint missing_code_request_state_check
                check (state in ('open', 'transmitted', 'answered', 'refused')),
            add column answer_code text not null default '',
            add column answered_by uuid references account,
            add column answered_at timestamptz;
        create index missing_code_request_asker on missing_code_request (requested_by, requested_at desc)
    """)
