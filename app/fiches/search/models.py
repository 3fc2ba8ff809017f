"""What the search by name reads, as migrations/tenant/0006 and 0008 make it.

`fiche_words` has the words of each fiche's names; `name_slip` has, for every word of the hospital, itself and what is
left of it without one of its letters: two words are one slip apart only when they share one of these (SymSpell). It
needs no extension, which a hospital's role could not create. Nothing is unique there: nobody waits for anybody to
write a name down, and a word written twice at the same moment does no harm.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Table
from sqlalchemy.dialects.postgresql import ARRAY

from app.fiches import columns
from app.fiches.models import METADATA

fiche_words = Table(
    "fiche_words",
    METADATA,
    columns.points_at("fiche_id", "fiche", primary_key=True),
    Column("words", ARRAY(columns.KEY), nullable=False),
)
Index("fiche_words_words", fiche_words.c.words, postgresql_using="gin")

name_slip = Table(
    "name_slip",
    METADATA,
    Column("slip", columns.KEY, nullable=False),
    Column("word", columns.KEY, nullable=False),
)
Index("name_slip_slip", name_slip.c.slip, name_slip.c.word)
