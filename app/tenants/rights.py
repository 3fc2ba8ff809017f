"""What each role may do. Tables are closed unless a line here opens them; what is only ever added to cannot be rewritten,
not even by a fault of ours."""

from __future__ import annotations

from collections.abc import Mapping

from app.tenants.bases import CONTROL
from app.tenants.migrations import VERSION_TABLE

READ_AND_WRITE = "select, insert, update, delete"
SEALED = "select, insert, update (chain_position, previous_hash, hash)"  # D1: an event is never rewritten, only chained

OF_A_HOSPITAL: Mapping[str, str] = {
    "block_version": "select, insert",
    "received_document": "select, insert, update",  # nothing received is ever thrown away (B7)
    "audit_event": SEALED,
    VERSION_TABLE: "",
}
OF_THE_APPLICATION: Mapping[str, str] = {
    "hospital": "select, update (name, ipp_oid, fetus_oid, clinical_description_mixed)",
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


def _on_tables(schema: str, role: str, exceptions: Mapping[str, str]) -> str:
    """Said again whole after each migration, so that new tables get theirs."""
    everything = f'all tables in schema "{schema}"'
    return "".join(
        (
            f'grant usage on schema "{schema}" to "{role}";',
            f'grant {READ_AND_WRITE} on {everything} to "{role}";',
            *(_on_table(f'"{schema}"."{table}"', role, rights) for table, rights in exceptions.items()),
        )
    )


def _on_table(table: str, role: str, rights: str) -> str:
    closed = f'revoke all on {table} from "{role}";'
    return closed + (f'grant {rights} on {table} to "{role}";' if rights else "")
