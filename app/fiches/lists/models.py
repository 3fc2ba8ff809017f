"""What lists read: narrow tables kept beside the fiches, as migrations/tenant/0006 makes them.

`listed` has a line per fiche for the whole hospital (site "") and one per site that takes care of it, so that any list
is one walk of one index. Dates are partial dates, "" when there is none: keys of pages are never null.
"""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from app.fiches import columns
from app.fiches.models import METADATA

HOSPITAL = ""
"""The site of the lines that are about the whole hospital."""


def _date(name: str) -> Column[str]:
    return Column(name, columns.KEY, nullable=False, server_default="")


listed = Table(
    "listed",
    METADATA,
    columns.points_at("fiche_id", "fiche"),
    Column("site", columns.KEY, nullable=False),
    Column("kind", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("quality", Text, nullable=False),
    Column("sex", Text),
    Column("name_key", columns.KEY, nullable=False),
    _date("birth_date"),
    _date("inclusion_date"),
    _date("last_activity"),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("problems_key", BigInteger),
    PrimaryKeyConstraint("fiche_id", "site"),
)
for _name in ("name_key", "birth_date", "inclusion_date", "last_activity", "updated_at"):
    Index(f"listed_{_name}", listed.c.site, listed.c[_name], listed.c.fiche_id)
Index("listed_quality", listed.c.site, listed.c.quality, listed.c.name_key, listed.c.fiche_id)
Index("listed_problems", listed.c.site, listed.c.problems_key, listed.c.fiche_id)

listed_count = Table(
    "listed_count",
    METADATA,
    Column("site", columns.KEY, nullable=False),
    Column("quality", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
)
"""Lines that entered a state or left it: their sum is the counter. Nobody waits for anybody to count."""

acted_on = Table(
    "acted_on",
    METADATA,
    Column("email", Text, nullable=False),
    columns.points_at("fiche_id", "fiche"),
    Column("created", Boolean, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("email", "fiche_id"),
)
Index("acted_on_last", acted_on.c.email, acted_on.c.at.desc(), acted_on.c.fiche_id)

followed_by = Table(
    "followed_by",
    METADATA,
    Column("person", columns.KEY, nullable=False),
    columns.points_at("fiche_id", "fiche"),
    PrimaryKeyConstraint("person", "fiche_id"),
)
"""`person` is « referent rpps:10002673894 », « performer bare:CLAIRE MARTIN »: see lines.py."""
Index("followed_by_fiche", followed_by.c.fiche_id)

list_view = Table(
    "list_view",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("account_id", Uuid(as_uuid=False), nullable=False),
    Column("filters", JSONB, nullable=False),
    Column("used_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
Index("list_view_same", list_view.c.account_id, list_view.c.filters, unique=True)
Index("list_view_used", list_view.c.used_at)

list_choice = Table(
    "list_choice",
    METADATA,
    Column("account_id", Uuid(as_uuid=False), primary_key=True),
    Column("columns", ARRAY(Text), nullable=False),
)
"""The columns that a person chose for their lists."""
