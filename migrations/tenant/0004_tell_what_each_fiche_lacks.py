"""What each fiche lacks or contradicts, by item: « which fiches miss the commune » is a question to the database.

Null says that nobody has told it yet: a fiche older than this migration, or one that a former version of the code
wrote. The scheduler tells those.
"""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute("""
        alter table fiche add column problems text[], add column problems_key bigint;
        alter table prise_en_charge add column problems_key bigint;
        create index fiche_problems on fiche (problems_key, id);
        create index fiche_untold on fiche (id) where problems is null;
        create index prise_en_charge_problems on prise_en_charge (site, problems_key, fiche_id);
    """)


def downgrade() -> None:
    op.execute("""
        alter table fiche drop column problems, drop column problems_key;
        alter table prise_en_charge drop column problems_key;
    """)
