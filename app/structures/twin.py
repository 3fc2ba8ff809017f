"""The test twin (recette) of a hospital: the same sites, FINESS and OIDs, a schema and a role of its own, no real
patient. It is never counted with the hospitals (`Hospital.twin_of`), and emptied on demand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from sqlalchemy import text

from app import audit
from app.tenants import directory
from app.tenants.bind import hospital_session, shared_session
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital
from app.tenants.naming import LONGEST_CODE
from app.tenants.open import HospitalExists, open_hospital
from app.tenants.placement import owner_transactions

KEPT = ("alembic_version", "audit_event")
"""What emptying leaves: who did what stays known (D1)."""


class NotATwin(ValueError):
    """A real hospital is never emptied."""


def twin_of(hospital: Hospital) -> Hospital | None:
    with shared_session() as session:
        code = session.scalar(_TWIN, {"id": hospital.id})
    return find_hospital(code) if code else None


def open_twin(hospital: Hospital, *, by: str) -> Hospital:
    """The hospital's twin, opened when there is none yet. Two people at once open one."""
    if hospital.twin_of:
        raise NotATwin
    for code in _codes(hospital.code):
        if known := twin_of(hospital):
            return known
        try:
            opened = _open(hospital, code)
        except HospitalExists:  # another hospital has this code, or somebody else has just opened the twin
            continue
        _copy_sites(hospital, opened, by)
        return find_hospital(code)
    raise AssertionError("codes never end")


def empty(twin: Hospital, *, by: str) -> None:
    """Every fiche, document and long work of the twin is forgotten. Raises NotATwin."""
    if not twin.twin_of:
        raise NotATwin
    with owner_transactions(twin.placement) as (_control, home):
        home.exec_driver_sql("set local lock_timeout = '10s'")
        tables = home.execute(_TABLES, {"schema": twin.schema, "kept": list(KEPT)}).scalars().all()
        home.exec_driver_sql(f"truncate {', '.join(tables)}")
    with hospital_session(twin.code) as session:
        audit.record(session, actor=by, action="test_site:empty")


def _open(hospital: Hospital, code: str) -> Hospital:
    return open_hospital(
        code,
        f"{hospital.name} – recette",
        hospital.finess,
        hospital.ipp_oid,
        hospital.fetus_oid,
        test_site=True,
        sites=tuple(hospital.sites.items()),
        placed_in=hospital.placement,
        twin_of=hospital.code,
    )


def _copy_sites(hospital: Hospital, twin: Hospital, by: str) -> None:
    with shared_session() as session:
        session.execute(_COPY_SITES, {"twin": twin.id, "hospital": hospital.id})
        audit.record_shared(session, actor=by, action="test_site:open", hospital_id=hospital.id)
    directory.forget(twin.code)


def _codes(code: str) -> Iterator[str]:
    """H001 → H001R, H001R2, H001R3…, within the length of a code."""
    for number in count(1):
        ending = f"R{number}" if number > 1 else "R"
        yield f"{code[: LONGEST_CODE - len(ending)]}{ending}"


_TWIN = text("select code from control.hospital where twin_of = :id")
_COPY_SITES = text("""
    update control.site t set kind = s.kind, filiere = s.filiere, opened_on = s.opened_on, closed_on = s.closed_on
    from control.site s where t.hospital_id = :twin and s.hospital_id = :hospital and s.code = t.code
""")
_TABLES = text("""
    select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = :schema and c.relkind = 'r' and c.relname <> all (:kept)
""")
