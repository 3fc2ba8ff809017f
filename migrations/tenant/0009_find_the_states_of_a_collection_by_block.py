"""The former states of a collection are found by block: a merge brings blocks of another fiche."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.execute("create index recueil_version_states on recueil_version (block_id, version)")


def downgrade() -> None:
    op.execute("drop index recueil_version_states")
