"""The SQL that keeps the words of names: a fiche whose names do not change costs nothing."""

from __future__ import annotations

from sqlalchemy import Executable, text

FICHE_WORDS = """
with given as (
    select * from jsonb_to_recordset(cast(:rows as jsonb)) as g (fiche_id uuid, words text[])
), kept as (
    insert into fiche_words (fiche_id, words) select fiche_id, words from given
    on conflict (fiche_id) do update set words = excluded.words where fiche_words.words <> excluded.words
)
insert into name_slip (slip, word)
select distinct substr(word, 1, p - 1) || substr(word, p + 1), word
from (select distinct unnest(words) as word from given) as new, generate_series(1, length(word) + 1) as p
where not exists (select from name_slip k where k.slip = new.word and k.word = new.word)
"""
"""`p` behind the last letter leaves the word itself: the slips are those of words.slips."""
KEEP: dict[str, Executable] = {"fiche_words": text(FICHE_WORDS)}
