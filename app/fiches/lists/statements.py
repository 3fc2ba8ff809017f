"""The SQL that keeps what lists read: one statement per table, for one fiche or for thousands, in the transaction that
keeps the fiches. The fiches are locked: what each table held of them cannot move meanwhile."""

from __future__ import annotations

from sqlalchemy import Executable, text

_COLUMNS = (
    "site, kind, source, quality, sex, name_key, birth_date, inclusion_date, last_activity, updated_at, problems_key"
)

LISTED = f"""
with given as (
    select * from jsonb_to_recordset(cast(:rows as jsonb)) as g (
        fiche_id uuid, site text, kind text, source text, quality text, sex text, name_key text, birth_date text,
        inclusion_date text, last_activity text, updated_at timestamptz, problems_key bigint)
), former as (
    select l.site, l.quality from listed l where l.fiche_id in (select fiche_id from given)
), gone as (
    delete from listed l using (select distinct fiche_id from given) g
    where l.fiche_id = g.fiche_id
    and not exists (select from given k where k.fiche_id = l.fiche_id and k.site = l.site)
), kept as (
    insert into listed (fiche_id, {_COLUMNS}) select fiche_id, {_COLUMNS} from given
    on conflict (fiche_id, site) do update
    set ({_COLUMNS}) = row ({", ".join(f"excluded.{name}" for name in _COLUMNS.split(", "))})
)
insert into listed_count (site, quality, number)
select site, quality, sum(number) from (
    select site, quality, 1 as number from given union all select site, quality, -1 from former
) as moved group by site, quality having sum(number) <> 0
"""
TELL = """
with given as (
    select * from jsonb_to_recordset(cast(:rows as jsonb)) as g (id uuid, quality text, problems_key bigint)
), moved as (
    select l.site, l.quality as was, g.quality as becomes from listed l join given g on g.id = l.fiche_id
    where l.quality <> g.quality
), kept as (
    update listed l set quality = g.quality, problems_key = g.problems_key from given g where l.fiche_id = g.id
)
insert into listed_count (site, quality, number)
select site, quality, sum(number) from (
    select site, becomes as quality, 1 as number from moved union all select site, was, -1 from moved
) as them group by site, quality having sum(number) <> 0
"""
ACTED_ON = """
insert into acted_on (email, fiche_id, created, at)
select g.email, g.fiche_id, g.created, g.at from jsonb_to_recordset(cast(:rows as jsonb))
    as g (email text, fiche_id uuid, created boolean, at timestamptz)
on conflict (email, fiche_id) do update set at = excluded.at
"""
FOLLOWED_BY = """
with given as (
    select * from jsonb_to_recordset(cast(:rows as jsonb)) as g (fiche_id uuid, people text[])
), gone as (
    delete from followed_by k using given g where k.fiche_id = g.fiche_id and k.person <> all (g.people)
)
insert into followed_by (person, fiche_id) select unnest(people), fiche_id from given on conflict do nothing
"""

FOLLOW: Executable = text(TELL)
"""What statements.TELL told of fiches, in their lines."""
KEEP: dict[str, Executable] = {
    "listed": text(LISTED),
    "acted_on": text(ACTED_ON),
    "followed_by": text(FOLLOWED_BY),
}
