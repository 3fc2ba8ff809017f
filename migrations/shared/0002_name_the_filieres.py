"""The 23 filières, as the product names them. A label that changes later is changed by a migration of its own."""

from alembic import op

from app.structures.filieres import FILIERES

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    rows = ", ".join(f"('{code}', '{label}')" for code, label in FILIERES.items())
    op.execute(f"insert into filiere (code, label) values {rows}")
