"""Opening a hospital: all or nothing, once, and only under a name that can be one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from app.config import Settings
from app.tenants.bind import hospital_session
from app.tenants.directory import all_hospitals, find_hospital
from app.tenants.hospital import Hospital
from app.tenants.naming import BadHospital
from app.tenants.open import HospitalExists, open_hospital
from app.tenants.placement import placed
from app.tenants.upgrade import upgrade_shared

pytestmark = pytest.mark.usefixtures("database")


def test_what_was_said_at_the_opening_is_in_the_directory(open_hospital_for_test: Callable[..., Hospital]) -> None:
    opened = open_hospital_for_test(
        name=" CHU ", finess=["750803454"], ipp_oid="1.2.3", fetus_oid="1.2.4", test_site=True, sites=[("S001", "Un")]
    )

    assert find_hospital(opened.code) == opened
    assert opened in all_hospitals()
    assert (opened.name, opened.finess, opened.sites) == ("CHU", frozenset({"750803454"}), {"S001": "Un"})


def test_an_existing_code_is_refused_and_keeps_its_records(hospital: Hospital) -> None:
    with pytest.raises(HospitalExists, match=f"{hospital.code} existe déjà"):
        open_hospital(hospital.code, "Un autre")

    assert find_hospital(hospital.code).name == hospital.name


def test_opened_by_eight_at_once_it_is_opened_once() -> None:
    def attempt(_: int) -> str:
        try:
            return open_hospital("ATONCE", "Hôpital").code
        except HospitalExists:
            return "refused"

    with ThreadPoolExecutor(8) as threads:
        outcomes = sorted(threads.map(attempt, range(8)))

    assert outcomes == ["ATONCE", *["refused"] * 7]


def test_different_hospitals_open_at_once() -> None:
    with ThreadPoolExecutor(6) as threads:
        opened = list(threads.map(lambda n: open_hospital(f"PAR{n}", "Hôpital"), range(6)))

    for hospital in opened:
        with hospital_session(hospital.code) as session:
            assert session.execute(text("select current_user")).scalar_one() == hospital.role


def test_a_hospital_and_its_test_twin_share_name_and_finess(open_hospital_for_test: Callable[..., Hospital]) -> None:
    real = open_hospital_for_test(name="CHU", finess=["750803454", "2A0000022"])
    twin = open_hospital_for_test(name="CHU", finess=["750803454", "2A0000022"], test_site=True)

    assert (real.name, real.finess) == (twin.name, twin.finess)
    assert real.schema != twin.schema


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"code": "h001"}, "code"),
        ({"code": "H"}, "code"),
        ({"code": "HÔPITAL"}, "code"),
        ({"code": "H001; drop"}, "code"),
        ({"code": "ABCDEFGHIJKLM"}, "code"),
        ({"name": "  "}, "nom"),
        ({"finess": ["75080345"]}, "FINESS"),
        ({"finess": ["75080345X"]}, "FINESS"),
        ({"finess": ["750803454", "7508034545"]}, "FINESS"),
        ({"ipp_oid": "1.2.a"}, "OID"),
        ({"ipp_oid": ""}, "OID"),
        ({"fetus_oid": "1.02"}, "OID"),
        ({"sites": [("S 1", "Un")]}, "site"),
        ({"sites": [("S1", " ")]}, "libellé"),
    ],
)
def test_what_cannot_name_a_hospital_is_refused(given: dict[str, object], sentence: str) -> None:
    with pytest.raises(BadHospital, match=sentence):
        open_hospital(**{"code": "REFUSED", "name": "Hôpital", **given})  # type: ignore[arg-type]

    assert "REFUSED" not in {hospital.code for hospital in all_hospitals()}


def test_an_opening_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.tenants.open.INSERT_REST", "select 1 / 0")
    with pytest.raises(Exception, match="division by zero"):
        open_hospital("HALF", "Hôpital")

    with placed().owner.connect() as owner:
        left = owner.execute(
            text(
                "select (select count(*) from pg_namespace where nspname = 'h_half')"
                " + (select count(*) from pg_roles where rolname like '%h_half')"
            )
        ).scalar_one()
    assert left == 0


def test_preparing_what_is_shared_again_changes_nothing(database: Settings, hospital: Hospital) -> None:
    upgrade_shared()

    assert find_hospital(hospital.code).code == hospital.code


def test_the_login_role_can_do_nothing_but_become_hospitals(hospital: Hospital) -> None:
    with placed().owner.connect() as owner:
        login = owner.execute(
            text(
                "select rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolbypassrls from pg_roles where rolname = :l"
            ),
            {"l": placed().login},
        ).one()
        membership = owner.execute(
            text(
                "select inherit_option, set_option, admin_option from pg_auth_members"
                " where roleid = cast(:r as regrole) and member = cast(:l as regrole)"
            ),
            {"r": hospital.role, "l": placed().login},
        ).one()

    assert tuple(login) == (False, False, False, False, False)
    assert tuple(membership) == (False, True, False)
