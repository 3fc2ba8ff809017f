"""The directory of hospitals: by code, as the rules know them."""

from __future__ import annotations

from time import monotonic
from typing import Any

from sqlalchemy import text

from app.tenants.hospital import Hospital
from app.tenants.placement import Placement, placed

REMEMBERED_SECONDS = 2.0

# One statement per look-up: a worker asks before each batch, the web at each request.
HOSPITALS = """
select h.id::text, h.code, h.name, h.schema_name, h.role_name, h.placement, h.ipp_oid, h.fetus_oid, h.test_site,
       h.clinical_description_mixed, (select t.code from control.hospital t where t.id = h.twin_of) as twin_of,
       (select json_agg(f.finess) from control.hospital_finess f where f.hospital_id = h.id) as finess,
       (select json_object_agg(s.code, s.label) from control.site s where s.hospital_id = h.id) as sites
from control.hospital h
where cast(:code as text) is null or h.code = :code
order by h.code
"""


class UnknownHospital(LookupError):
    def __init__(self, code: str) -> None:
        super().__init__(f"L’établissement {code} n’existe pas : vérifier son code dans « hospitals list ».")
        self.code = code


# Keyed by placement too: a process configured anew must not remember its former database.
_remembered: dict[tuple[Placement, str], tuple[float, Hospital]] = {}


def find_hospital(code: str) -> Hospital:
    """Remembered for two seconds in this process. Raises UnknownHospital."""
    until, hospital = _remembered.get((placed(), code), (0.0, None))
    if hospital is None or until < monotonic():
        hospital = _read_hospital(code)
        _remembered[placed(), code] = (monotonic() + REMEMBERED_SECONDS, hospital)
    return hospital


def all_hospitals() -> list[Hospital]:
    return [_hospital(row) for row in _rows(None)]


def forget(code: str) -> None:
    """After a change made in this process; others learn of it within two seconds."""
    _remembered.pop((placed(), code), None)


def _read_hospital(code: str) -> Hospital:
    rows = _rows(code)
    if not rows:
        raise UnknownHospital(code)
    return _hospital(rows[0])


def _rows(code: str | None) -> list[Any]:
    with placed().door.connect() as connection:
        return list(connection.execute(text(HOSPITALS), {"code": code}))


def _hospital(row: Any) -> Hospital:
    return Hospital(
        id=row.id,
        code=row.code,
        name=row.name,
        schema=row.schema_name,
        role=row.role_name,
        placement=row.placement,
        finess=frozenset(row.finess or ()),
        ipp_oid=row.ipp_oid,
        fetus_oid=row.fetus_oid,
        test_site=row.test_site,
        clinical_description_mixed=row.clinical_description_mixed,
        sites=dict(row.sites or {}),
        twin_of=row.twin_of,
    )
