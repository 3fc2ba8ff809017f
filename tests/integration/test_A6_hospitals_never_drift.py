"""A6: every hospital looks like a new one; an upgrade that stops is taken up again. In full: tests/drills."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config import Settings
from app.tenants import migrations
from app.tenants.hospital import Hospital
from app.tenants.open import open_hospital
from app.tenants.placement import placed
from app.tenants.upgrade import LOCK, UNLOCK, UpgradeUnderWay, check_all, upgrade_all
from tests.hospitals_upgraded import fails_there_and_resumes
from tests.own_database import one_migration_more, own_database

# What an administrator might do by hand, each a drift of its own kind.
DRIFTS = {
    "column": "alter table fiche add column note text",
    "type": "alter table fiche alter column idmr type varchar(64)",
    "default": "alter table fiche alter column version set default 1",
    "not null": "alter table fiche alter column idmr set not null",
    "index": "create index note on fiche (created_by)",
    "index lost": "drop index identifier_lookup",
    "check": "alter table fiche drop constraint fiche_kind_check",
    "foreign key": "alter table identifier drop constraint identifier_fiche_id_fkey",
    "right": 'grant delete on audit_event to "{role}"',
    "column right": 'grant update (detail) on audit_event to "{role}"',
    "right of all": "grant select on fiche to public",
    "trigger": "create trigger t before update on fiche execute function suppress_redundant_updates_trigger()",
    "function": "create function one() returns integer language sql as 'select 1'",
    "table": "create table note (id integer)",
    "revision": "update alembic_version set version_num = '0000'",
}


@pytest.fixture
def alone(database: Settings) -> Iterator[Settings]:
    with own_database(database) as own:
        yield own


@pytest.fixture
def five(alone: Settings) -> list[Hospital]:
    return [open_hospital(f"H{n:03}", "Hôpital") for n in range(5)]


@pytest.mark.parametrize("failing", [0, 2, 4])
def test_a_failure_at_one_hospital_leaves_the_others_whole(
    five: list[Hospital], failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails_there_and_resumes(five, failing, tmp_path / "tenant", monkeypatch)


def test_an_old_hospital_upgraded_equals_a_new_one(
    five: list[Hospital], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "TENANT", one_migration_more(tmp_path / "tenant", "create table note (id integer)"))
    upgrade_all()
    new = open_hospital("NEW", "Hôpital neuf")

    prints = {check.hospital: check.fingerprint for check in check_all()}

    assert set(prints) == {*(hospital.code for hospital in five), new.code}
    assert len(set(prints.values())) == 1


def test_two_upgrades_do_not_run_at_once(alone: Settings) -> None:
    with placed().owner.connect() as other:
        other.exec_driver_sql(LOCK)
        with pytest.raises(UpgradeUnderWay, match="déjà en cours"):
            upgrade_all()
        other.exec_driver_sql(UNLOCK)

    assert upgrade_all() == []


def test_a_hospital_in_use_is_left_for_later(
    five: list[Hospital], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.tenants.upgrade.PATIENCE", "set local lock_timeout = '500ms'")
    monkeypatch.setattr(
        migrations, "TENANT", one_migration_more(tmp_path / "tenant", "alter table fiche add column note text")
    )
    with placed().owner.connect() as reader:
        reader.exec_driver_sql(f'select count(*) from "{five[1].schema}".fiche')
        first = {upgrade.hospital: (upgrade.state, upgrade.error) for upgrade in upgrade_all()}
        reader.rollback()

    assert first["H001"] == ("failed", "LockNotAvailable: canceling statement due to lock timeout")
    assert first["H002"] == ("upgraded", None)
    assert [upgrade.state for upgrade in upgrade_all()] == ["current", "upgraded", "current", "current", "current"]


@pytest.mark.parametrize("drift", DRIFTS)
def test_a_change_made_by_hand_is_seen(hospital: Hospital, drift: str) -> None:
    before = {check.hospital: check.current for check in check_all()}
    with placed().owner.begin() as owner:
        owner.exec_driver_sql(f'set local search_path = "{hospital.schema}"')
        owner.exec_driver_sql(DRIFTS[drift].format(role=hospital.role))

    after = {check.hospital: check.current for check in check_all()}

    assert before[hospital.code]
    assert not after[hospital.code]


def test_a_schema_that_is_gone_is_said_so(alone: Settings) -> None:
    gone = open_hospital("GONE", "Hôpital")
    with placed().owner.begin() as owner:
        owner.exec_driver_sql(f'drop schema "{gone.schema}" cascade')

    assert [(check.hospital, check.fingerprint, check.current) for check in check_all()] == [("GONE", None, False)]
