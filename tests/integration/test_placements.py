"""A hospital may live in another database, whose owner need not be a superuser: nothing outside `placement` notices."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from app.audit import record
from app.audit.seal import verify
from app.config import BadSettings, Settings
from app.operations.backup.make import back_up
from app.operations.backup.restore import restore
from app.tenants import placement
from app.tenants.bind import hospital_session
from app.tenants.directory import find_hospital
from app.tenants.open import open_hospital
from app.tenants.upgrade import check_all, upgrade_all, upgrade_shared
from tests.own_database import own_database, plain_owner
from tests.sealing import seal_everything


@pytest.fixture
def plain_owner_url(database: Settings) -> Iterator[str]:
    with plain_owner(database.database_url) as url:
        yield url


@pytest.fixture
def two_places(database: Settings, plain_owner_url: str) -> Iterator[None]:
    with own_database(database) as own:
        placement.configure(replace(own, placements=json.dumps({"elsewhere": plain_owner_url})))
        upgrade_shared()
        yield


@pytest.mark.usefixtures("two_places")
def test_a_hospital_placed_elsewhere_lives_like_any_other(database: Settings, tmp_path: Path) -> None:
    here, elsewhere = open_hospital("HERE", "Ici"), open_hospital("THERE", "Ailleurs", placed_in="elsewhere")

    for hospital in (here, elsewhere):
        with hospital_session(hospital.code) as session:
            record(session, actor="system", action="fiche:read")
            assert session.execute(text("select current_user")).scalar_one() == hospital.role
        seal_everything(hospital.code)

    assert find_hospital("THERE").placement == "elsewhere"
    assert here.role != elsewhere.role
    assert [upgrade.state for upgrade in upgrade_all()] == ["current", "current"]
    assert [check.current for check in check_all()] == [True, True]
    assert verify("THERE").breaches == ()

    back_up("THERE", tmp_path / "there.bamara", database.secret_key)
    assert restore(tmp_path / "there.bamara", database.secret_key).traces.kept
    seal_everything("THERE")
    assert [check.current for check in check_all()] == [True, True]
    assert (verify("THERE").breaches, verify("THERE").events) == ((), 3)


@pytest.mark.usefixtures("database")
def test_an_owner_without_superuser_rights_is_enough(database: Settings, plain_owner_url: str) -> None:
    try:
        placement.configure(replace(database, database_url=plain_owner_url))
        upgrade_shared()
        upgrade_shared()
        hospital = open_hospital("PLAIN", "Hôpital")
        with hospital_session("PLAIN") as session:
            assert session.execute(text("select current_user")).scalar_one() == hospital.role
        assert [check.current for check in check_all()] == [True]
    finally:
        placement.configure(database)


@pytest.mark.parametrize("text_", ["{", "[]", '{"a": 1}'])
def test_placements_that_cannot_be_read_are_refused(settings: Settings, text_: str) -> None:
    with pytest.raises(BadSettings, match="BAMARA_PLACEMENTS"):
        placement.configure(replace(settings, placements=text_))
