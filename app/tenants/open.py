"""Opening a hospital: its row, its role, its schema built by the migrations, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from app.clock import new_id
from app.tenants import directory
from app.tenants.build import build
from app.tenants.hospital import Hospital
from app.tenants.naming import BadHospital, check_hospital
from app.tenants.placement import DEFAULT, owner_transactions, placed

INSERT_HOSPITAL = """
insert into control.hospital (id, code, name, schema_name, role_name, placement, ipp_oid, fetus_oid, test_site,
                              twin_of)
values (:id, :code, :name, :schema, :role, :placement, :ipp_oid, :fetus_oid, :test_site,
        (select id from control.hospital where code = :twin_of))
"""
INSERT_REST = """
with numbers as (insert into control.hospital_finess (hospital_id, finess)
                 select cast(:id as uuid), unnest(cast(:finess as text[]))),
     places as (insert into control.site (hospital_id, code, label, kind)
                select cast(:id as uuid), code, label, 'hors_label'
                from unnest(cast(:sites as text[]), cast(:labels as text[])) as place (code, label)),
     audited as (insert into control.audit_event (actor, action, hospital_id)
                 values ('system', 'hospital:open', :id))
insert into control.hospital_upgrade (hospital_id, revision, state) values (:id, :revision, 'current')
"""


class HospitalExists(BadHospital):
    def __init__(self, code: str) -> None:
        super().__init__(f"L’établissement {code} existe déjà : choisir un autre code.")


def open_hospital(
    code: str,
    name: str,
    finess: Iterable[str] = (),
    ipp_oid: str | None = None,
    fetus_oid: str | None = None,
    test_site: bool = False,
    *,
    sites: Sequence[tuple[str, str]] = (),
    placed_in: str = DEFAULT,
    twin_of: str | None = None,
) -> Hospital:
    """`sites` are (code, label), without label until `sites add` says better. Raises BadHospital, HospitalExists.
    `twin_of` is the code of the hospital whose test twin it is.
    The same FINESS may be given to several hospitals: a hospital and its test twin share theirs."""
    schema = f"h_{code.lower()}"
    hospital = Hospital(
        id=new_id(),
        code=code,
        name=name.strip(),
        schema=schema,
        role=placed(placed_in).role_of(schema),
        placement=placed_in,
        finess=frozenset(finess),
        ipp_oid=ipp_oid,
        fetus_oid=fetus_oid,
        test_site=test_site,
        sites=dict(sites),
        twin_of=twin_of,
    )
    check_hospital(hospital)
    with owner_transactions(placed_in) as (control, home):
        _insert(control, hospital)
        revision = build(home, placed(placed_in), hospital.schema, hospital.role)
        _insert_rest(control, hospital, revision)
    directory.forget(code)
    return hospital


def _insert(control: Connection, hospital: Hospital) -> None:
    """A second opening of the same code waits here for the first, then is refused."""
    values = {name: getattr(hospital, name) for name in Hospital.__slots__}
    try:
        control.execute(text(INSERT_HOSPITAL), values)
    except IntegrityError as refusal:
        raise HospitalExists(hospital.code) from refusal


def _insert_rest(control: Connection, hospital: Hospital, revision: str) -> None:
    control.execute(
        text(INSERT_REST),
        {
            "id": hospital.id,
            "finess": sorted(hospital.finess),
            "sites": list(hospital.sites),
            "labels": list(hospital.sites.values()),
            "revision": revision,
        },
    )
