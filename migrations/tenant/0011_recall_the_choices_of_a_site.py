"""The codes that a site chose lately, offered first. Nothing of a patient, nor of who chose them."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute("""
        create table recent_choice (
            site text not null,
            list text not null,
            system text not null,
            code text not null,
            last_at timestamptz not null default now(),
            primary key (site, list, system, code)
        );
        create index recent_choice_last on recent_choice (site, list, last_at desc);
    """)


def downgrade() -> None:
    op.execute("drop table recent_choice")
