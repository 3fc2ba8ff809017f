"""Lists and the search read narrow tables of their own, kept with each fiche; those of the fiches already there are
made here. The indexes that go served the lists until now, on columns that nobody follows any more."""

from alembic import op

revision = "0006"
down_revision = "0005"

TABLES = """
create table listed (
    fiche_id uuid not null references fiche,
    site text collate "C" not null,
    kind text not null,
    source text not null,
    quality text not null,
    sex text,
    name_key text collate "C" not null,
    birth_date text collate "C" not null default '',
    inclusion_date text collate "C" not null default '',
    last_activity text collate "C" not null default '',
    updated_at timestamptz not null,
    problems_key bigint,
    primary key (fiche_id, site)
);
create table listed_count (site text collate "C" not null, quality text not null, number bigint not null);
create table acted_on (
    email text not null,
    fiche_id uuid not null references fiche,
    created boolean not null,
    at timestamptz not null,
    primary key (email, fiche_id)
);
create table followed_by (
    person text collate "C" not null,
    fiche_id uuid not null references fiche,
    primary key (person, fiche_id)
);
create table list_view (
    id uuid primary key,
    account_id uuid not null,
    filters jsonb not null,
    used_at timestamptz not null default now()
);
create table list_choice (account_id uuid primary key, columns text[] not null);
create table fiche_words (fiche_id uuid primary key references fiche, words text[] collate "C" not null);
create table name_word (word text collate "C" not null, slips text[] collate "C" not null);
"""

# A name as names.pieces and words.words_of cut it, a professional as lines.person_keys names them: dropped at the end.
NAMES = r"""
create function plain(written text) returns text language sql immutable as $$
    select upper(regexp_replace(normalize(replace(replace(replace(replace(replace(written,
        'œ', 'oe'), 'Œ', 'OE'), 'æ', 'ae'), 'Æ', 'AE'), 'ß', 'ss'), NFKD), '[\u0300-\u036f]', '', 'g'))
$$;
create function pieces(written text) returns text[] language sql immutable as $$
    select coalesce(array_agg(piece order by place) filter (where piece <> ''), '{}')
    from (select regexp_replace(part, '[^[:alnum:]]', '', 'g') as piece, place
        from regexp_split_to_table(plain(written), '[-\s‐‑’''ʼ.,;/()_]+') with ordinality as cut (part, place)) as them
$$;
create function words_of(variadic written text[]) returns text[] language sql immutable as $$
    select coalesce(array_agg(distinct word collate "C" order by word collate "C"), '{}') from (
        select left(array_to_string(cut[first : last], ''), 40) as word
        from unnest(written) as name, lateral (select pieces(name)) as p (cut),
            generate_series(1, cardinality(cut)) as first,
            generate_series(first, least(first + 3, cardinality(cut))) as last) as them
$$;
create function person_keys(role text, name text, rpps text) returns setof text language sql immutable as $$
    with known as (
        select string_agg(piece, ' ' order by piece collate "C") as key from unnest(pieces(name)) as piece
        where piece not in ('DR', 'DOCTEUR', 'PR', 'PROF', 'PROFESSEUR', 'M', 'MR', 'MME', 'MLLE'))
    select role || ' rpps:' || rpps where rpps <> ''
    union all select role || case when rpps <> '' then ' named:' else ' bare:' end || key from known where key <> ''
$$;
"""

LINES = """
insert into listed
with stamped as (
    select id as fiche_id, provenance from fiche
    union all select fiche_id, provenance from prise_en_charge union all select fiche_id, provenance from activite
    union all select fiche_id, provenance from diagnostic union all select fiche_id, provenance from grossesse
    union all select fiche_id, provenance from fetus
), origins as (
    select fiche_id, min(origin) as origin, count(distinct origin) as number from (
        select fiche_id, (provenance #>> array['stamps', place, 'origin']) as origin
        from stamped, lateral (select distinct value as place from jsonb_each_text(provenance -> 'items')) as used
    ) as them group by fiche_id
), met as (
    select fiche_id, lower(btrim(coalesce(site, ''))) as site, max(coalesce(activity_date, '') collate "C") as last
    from activite group by 1, 2
), place as (
    select id as fiche_id, '' as site,
        coalesce((select min(inclusion_date collate "C") from prise_en_charge p where p.fiche_id = f.id), '')
            as inclusion,
        coalesce((select max(last) from met where met.fiche_id = f.id), '') as last
    from fiche f
    union all
    select p.fiche_id, p.site, coalesce(p.inclusion_date, ''), coalesce(met.last, '')
    from prise_en_charge p left join met on met.fiche_id = p.fiche_id and met.site = lower(btrim(p.site))
)
select f.id, place.site, f.kind,
    case when coalesce(o.number, 1) = 1 and coalesce(o.origin, f.origin) in ('web', 'dpi', 'import')
        then coalesce(o.origin, f.origin) else 'mixed' end,
    f.quality, f.sex, f.family_key || ' ' || f.given_key, coalesce(f.birth_date, ''), place.inclusion, place.last,
    f.updated_at, f.problems_key
from fiche f join place on place.fiche_id = f.id left join origins o on o.fiche_id = f.id;

insert into listed_count select site, quality, count(*) from listed group by site, quality;

insert into acted_on
select email, fiche_id, bool_or(created), max(at) from (
    select created_by as email, id as fiche_id, true as created, created_at as at from fiche
    union all select updated_by, id, false, updated_at from fiche
    union all select replaced_by, fiche_id, false, replaced_at from block_version
) as acts where email is not null group by email, fiche_id;

insert into followed_by
select person_keys('referent', coalesce(answers ->> 'referring_doctor_name', ''),
    coalesce(answers ->> 'referring_doctor_rpps', '')), fiche_id from prise_en_charge
union
select person_keys('performer', coalesce(answers ->> 'activity_performer_name', ''),
    coalesce(answers ->> 'activity_performer_rpps', '')), fiche_id from activite;
"""

WORDS = """
insert into fiche_words
select id, case when kind = 'fetus' then words_of(answers ->> 'birth_family_name', answers ->> 'used_family_name',
    answers ->> 'birth_first_given_name', answers ->> 'birth_given_names', answers ->> 'used_given_name',
    answers ->> 'mother_birth_family_name', answers ->> 'mother_birth_first_given_name')
else words_of(answers ->> 'birth_family_name', answers ->> 'used_family_name',
    answers ->> 'birth_first_given_name', answers ->> 'birth_given_names', answers ->> 'used_given_name') end
from fiche;
insert into name_word
select word,
    word || array(select substr(word, 1, p - 1) || substr(word, p + 1) from generate_series(1, length(word)) as p)
from (select distinct unnest(words) as word from fiche_words) as known;
"""

INDEXES = """
create index listed_name_key on listed (site, name_key, fiche_id);
create index listed_birth_date on listed (site, birth_date, fiche_id);
create index listed_inclusion_date on listed (site, inclusion_date, fiche_id);
create index listed_last_activity on listed (site, last_activity, fiche_id);
create index listed_updated_at on listed (site, updated_at, fiche_id);
create index listed_quality on listed (site, quality, name_key, fiche_id);
create index acted_on_last on acted_on (email, at desc, fiche_id);
create index followed_by_fiche on followed_by (fiche_id);
create unique index list_view_same on list_view (account_id, filters);
create index list_view_used on list_view (used_at);
create index fiche_words_words on fiche_words using gin (words);
create index name_word_word on name_word (word);
create index name_word_slips on name_word using gin (slips);
create index listed_problems on listed (site, problems_key, fiche_id);
create index prise_en_charge_of_site on prise_en_charge (site);
drop index prise_en_charge_site;
drop index prise_en_charge_quality;
drop index prise_en_charge_problems;
drop index fiche_problems;
drop index fiche_fetus;
drop index fiche_updated;
drop index fiche_updated_by;
drop index fiche_quality;
drop function words_of(text[]);
drop function person_keys(text, text, text);
drop function pieces(text);
drop function plain(text);
"""


def upgrade() -> None:
    op.execute(TABLES + NAMES + LINES + WORDS + INDEXES)


def downgrade() -> None:
    op.execute("""
        create index prise_en_charge_site on prise_en_charge (site, sort_key, fiche_id);
        create index prise_en_charge_quality on prise_en_charge (site, quality, sort_key, fiche_id);
        create index prise_en_charge_problems on prise_en_charge (site, problems_key, fiche_id);
        create index fiche_problems on fiche (problems_key, id);
        create index fiche_fetus on fiche (family_key, given_key, id) where kind = 'fetus';
        create index fiche_updated on fiche (updated_at desc, id);
        create index fiche_updated_by on fiche (updated_by, updated_at desc) where updated_by is not null;
        create index fiche_quality on fiche (quality, updated_at desc);
        drop index prise_en_charge_of_site;
        drop table listed, listed_count, acted_on, followed_by, list_view, list_choice, fiche_words, name_word;
    """)
