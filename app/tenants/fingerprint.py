"""The fingerprint of a schema: everything the catalogue says of it, in words that do not depend on its name.

Drawn for all schemas of a database in one statement: one line per relation, column, constraint, index, trigger and
function, rights included, hashed in PostgreSQL, so that four hundred schemas cost four hundred short rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

SETTINGS = "select set_config('search_path', 'pg_catalog', true), set_config('work_mem', '64MB', true)"

# Definitions come back qualified (« h_h001.fiche ») because the search path holds no hospital; the names of the schema,
# of the role and of the owner are then taken out. An index is told by its own columns: pg_get_indexdef would cost half
# of the whole. The lines of a schema are hashed one by one and folded together, which spares sorting them all.
FINGERPRINTS = """
with asked as materialized (
    select n.oid, n.nspname as schema, asked.role, n.nspacl, quote_ident(n.nspname) || '.' as prefix
    from unnest(cast(:schemas as text[]), cast(:roles as text[])) as asked (schema, role)
    join pg_namespace n on n.nspname = asked.schema
), relation as materialized (
    select c.oid, c.relname, c.relkind, c.relam, c.relacl, c.reloptions, c.relrowsecurity, s.schema, s.role, s.prefix
    from pg_class c join asked s on s.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'S', 'i', 'I')
), line as (
    select schema, hash_record_extended(row('schema'::text, replace(nspacl::text, role, 'ROLE')), 1) as line from asked
    union all
    select schema, hash_record_extended(row('relation'::text, relname, relkind, relrowsecurity, reloptions,
        replace(relacl::text, role, 'ROLE')), 1)
    from relation
    union all
    select r.schema, hash_record_extended(row('column'::text, r.relname, a.attname, a.attnotnull, a.attidentity,
        a.attgenerated, a.atttypmod, a.attcollation,
        case when a.atttypid < 16384 then a.atttypid end,
        case when a.atttypid >= 16384 then replace(format_type(a.atttypid, 0), r.prefix, '') end,
        replace(a.attacl::text, r.role, 'ROLE'), pg_get_expr(d.adbin, d.adrelid)), 1)
    from relation r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    union all
    select r.schema, hash_record_extended(row('constraint'::text, r.relname, k.conname, k.convalidated,
        replace(pg_get_constraintdef(k.oid), r.prefix, '')), 1)
    from relation r join pg_constraint k on k.conrelid = r.oid where k.contype in ('c', 'f', 'x')
    union all
    select r.schema, hash_record_extended(row('index'::text, t.relname, r.relname, r.relam, i.indisprimary,
        i.indisunique, i.indisvalid, i.indnullsnotdistinct, i.indnkeyatts, i.indclass, i.indcollation,
        i.indoption::text, pg_get_expr(i.indexprs, i.indrelid), pg_get_expr(i.indpred, i.indrelid)), 1)
    from relation r join pg_index i on i.indexrelid = r.oid join pg_class t on t.oid = i.indrelid
    union all
    select r.schema, hash_record_extended(row('trigger'::text, t.tgenabled,
        replace(pg_get_triggerdef(t.oid), r.prefix, '')), 1)
    from relation r join pg_trigger t on t.tgrelid = r.oid where not t.tgisinternal
    union all
    select s.schema, hash_record_extended(row('function'::text, replace(pg_get_functiondef(f.oid), s.prefix, '')), 1)
    from asked s join pg_proc f on f.pronamespace = s.oid where f.prokind in ('f', 'p')
)
select schema, lpad(to_hex(bit_xor(line)), 16, '0') as fingerprint from line group by schema
"""


def fingerprints(owner: Connection, schemas: Sequence[tuple[str, str]]) -> dict[str, str]:
    """`schemas` are (schema, role); a schema that does not exist is absent from the answer. Fingerprints are compared
    within one database only: built-in types are told by their number."""
    owner.exec_driver_sql(SETTINGS)
    asked = {"schemas": [schema for schema, _ in schemas], "roles": [role for _, role in schemas]}
    return {row.schema: row.fingerprint for row in owner.execute(text(FINGERPRINTS), asked)}
