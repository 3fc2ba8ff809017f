"""The journal of received documents: by day and by what senders call them; and the works that take long."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.execute("""
        create index received_document_day on received_document (received_at);
        create index received_document_set on received_document (set_id text_pattern_ops) where set_id is not null;
        create index received_document_message on received_document (transport_id text_pattern_ops)
            where transport_id is not null;
        create index received_document_replay on received_document (replay_of) where replay_of is not null;
        create table long_work (
            id uuid primary key,
            kind text not null,
            items jsonb not null default '[]',
            total integer not null,
            done integer not null default 0,
            failures integer not null default 0,
            created_by text not null,
            created_at timestamptz not null default now(),
            finished_at timestamptz
        );
        create index long_work_unfinished on long_work (created_at) where finished_at is null;
    """)


def downgrade() -> None:
    op.execute("""
        drop table long_work;
        drop index received_document_replay;
        drop index received_document_message;
        drop index received_document_set;
        drop index received_document_day;
    """)
