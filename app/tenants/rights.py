"""What each role may do. Nothing is open to a role but its own schema; what is only ever added to cannot be rewritten,
not even by a fault of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.tenants.bases import CONTROL
from app.tenants.migrations import VERSION_TABLE

READ_AND_WRITE = "select, insert, update, delete"
SEALED = "select, insert, update (chain_position, previous_hash, hash)"  # D1: an event is never rewritten, only chained

OF_A_HOSPITAL: Mapping[str, str] = {
    "block_version": "select, insert",
    "recueil_version": "select, insert",
    "fiche_edit": "select, insert",
    "fiche_merge": "select, insert, update",  # undone, never forgotten
    "received_document": "select, insert, update",  # nothing received is ever thrown away (B7)
    "audit_event": SEALED,
    VERSION_TABLE: "",
}
OF_THE_APPLICATION: Mapping[str, str] = {
    "hospital": "select, update (name, ipp_oid, fetus_oid, clinical_description_mixed, minimum_factor, "
    "rejection_alert, rejections_told_at)",
    "hospital_finess": "select",
    "hospital_upgrade": "select",
    "filiere": "select",
    "audit_event": SEALED,
    "audit_anchor": "select, insert",
    VERSION_TABLE: "",
}


def may_become(role: str, login: str) -> str:
    """The login may become the hospital, for one transaction, and inherits nothing of it."""
    return f'grant "{role}" to "{login}" with inherit false, set true;'


def on_a_hospital(schema: str, role: str) -> str:
    return _on_tables(schema, role, OF_A_HOSPITAL)


def on_the_control_schema(login: str) -> str:
    return _on_tables(CONTROL, login, OF_THE_APPLICATION)


# Sent after each migration. Reading the rights is cheap and writing them is not (half a millisecond a table, thousands
# of tables): only the tables whose rights are not yet what they should be are granted.
GRANT = """
grant usage on schema "{schema}" to "{role}";
do $rights$ declare t record; begin
    for t in
        select c.oid::regclass as name, c.relacl is not null as granted, coalesce(e.rights, '{usual}') as rights
        from pg_class c left join (values {exceptions}) as e (name, rights, on_table) on e.name = c.relname
        where c.relnamespace = '"{schema}"'::regnamespace and c.relkind in ('r', 'p', 'v')
        and coalesce(e.on_table, '{usual_on_table}') <> coalesce((
            select string_agg(lower(a.privilege_type), ', ' order by lower(a.privilege_type))
            from aclexplode(c.relacl) a where a.grantee = '"{role}"'::regrole), '')
    loop
        if t.granted then execute format('revoke all on %s from "{role}"', t.name); end if;
        if t.rights <> '' then execute format('grant %s on %s to "{role}"', t.rights, t.name); end if;
    end loop;
end $rights$;
"""


def _on_tables(schema: str, role: str, exceptions: Mapping[str, str]) -> str:
    rows = (f"('{table}', '{rights}', '{_on_table(rights)}')" for table, rights in exceptions.items())
    return GRANT.format(
        schema=schema,
        role=role,
        usual=READ_AND_WRITE,
        usual_on_table=_on_table(READ_AND_WRITE),
        exceptions=", ".join(rows),
    )


def _on_table(rights: str) -> str:
    """What is granted on the table itself, columns apart, as the catalogue will list it."""
    return ", ".join(sorted(right for right in re.sub(r"\w+ \([^)]*\)", "", rights).split(", ") if right))
