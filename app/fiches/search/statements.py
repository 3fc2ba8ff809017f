"""The SQL that keeps the words of names: a fiche whose names do not change costs nothing."""

from __future__ import annotations

from sqlalchemy import Executable, text

SLIPS = "word || array(select substr(word, 1, p - 1) || substr(word, p + 1) from generate_series(1, length(word)) as p)"
"""As words.slips, but for repeats."""

FICHE_WORDS = f"""
with given as (
    select * from jsonb_to_recordset(cast(:rows as jsonb)) as g (fiche_id uuid, words text[])
), kept as (
    insert into fiche_words (fiche_id, words) select fiche_id, words from given
    on conflict (fiche_id) do update set words = excluded.words where fiche_words.words <> excluded.words
)
insert into name_word (word, slips)
select word, {SLIPS} from (select distinct unnest(words) as word from given) as new
where not exists (select from name_word k where k.word = new.word)
"""

KEEP: dict[str, Executable] = {"fiche_words": text(FICHE_WORDS)}
