"""Whose test twin a hospital is, and when its people are told of rejections."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.execute("""
        alter table control.hospital
            add column twin_of uuid references control.hospital (id),
            add column rejection_alert integer,
            add column rejections_told_at timestamptz;
        create unique index hospital_twin on control.hospital (twin_of) where twin_of is not null;
    """)


def downgrade() -> None:
    op.execute("""
        drop index control.hospital_twin;
        alter table control.hospital drop column rejections_told_at, drop column rejection_alert, drop column twin_of;
    """)
