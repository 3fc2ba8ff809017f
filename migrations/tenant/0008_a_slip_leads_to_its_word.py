"""The slips of words, one a line: of an array, the planner would read a few thousand words at each search.
And a diagnosis is found by its status: lists are filtered by it."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute("""
        create table name_slip (slip text collate "C" not null, word text collate "C" not null);
        insert into name_slip select distinct unnest(slips), word from name_word;
        create index name_slip_slip on name_slip (slip, word);
        drop table name_word;
        create index diagnostic_status on diagnostic (status, fiche_id);
    """)


def downgrade() -> None:
    op.execute("""
        create table name_word (word text collate "C" not null, slips text[] collate "C" not null);
        insert into name_word select word, array_agg(slip) from name_slip group by word;
        create index name_word_word on name_word (word);
        create index name_word_slips on name_word using gin (slips);
        drop table name_slip;
        drop index diagnostic_status;
    """)
