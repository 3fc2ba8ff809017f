"""Upgrades that go wrong at one hospital (A6): the others must be whole, and a second run must finish."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.tenants import migrations
from app.tenants.hospital import Hospital
from app.tenants.placement import placed
from app.tenants.upgrade import check_all, upgrade_all
from tests.own_database import one_migration_more

ONE_MORE = "alter table fiche add column note text; create table note (id bigint primary key, fiche_id uuid)"


@contextmanager
def something_in_the_way(hospital: Hospital) -> Iterator[None]:
    """The second statement of the migration will meet a table that should not be there."""
    with placed().owner.begin() as owner:
        owner.exec_driver_sql(f'create table "{hospital.schema}".note (id integer)')
    yield
    with placed().owner.begin() as owner:
        owner.exec_driver_sql(f'drop table "{hospital.schema}".note')


def fails_there_and_resumes(
    hospitals: Sequence[Hospital], failing: int, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Injects a failure at one hospital, upgrades, removes it, upgrades again; then goes back to the former head."""
    code = hospitals[failing].code
    monkeypatch.setattr(migrations, "TENANT", one_migration_more(directory, ONE_MORE))
    with something_in_the_way(hospitals[failing]):
        first = {upgrade.hospital: upgrade.state for upgrade in upgrade_all()}
        after_failure = {check.hospital: check.current for check in check_all()}
        assert not has_the_new_column(hospitals[failing])
    second = {upgrade.hospital: upgrade.state for upgrade in upgrade_all()}

    assert first == {hospital.code: "failed" if hospital.code == code else "upgraded" for hospital in hospitals}
    assert after_failure == {hospital.code: hospital.code != code for hospital in hospitals}
    assert second == {hospital.code: "upgraded" if hospital.code == code else "current" for hospital in hospitals}
    assert len({check.fingerprint for check in check_all()}) == 1
    assert all(check.current for check in check_all())


def has_the_new_column(hospital: Hospital) -> bool:
    query = "select count(*) from pg_attribute where attname = 'note' and attrelid = '{}.fiche'::regclass"
    with placed().owner.connect() as owner:
        return bool(owner.exec_driver_sql(query.format(hospital.schema)).scalar_one())


def go_back(hospitals: Sequence[Hospital], revision: str) -> None:
    with placed().owner.begin() as owner:
        for hospital in hospitals:
            owner.exec_driver_sql(
                f'alter table "{hospital.schema}".fiche drop column note; drop table "{hospital.schema}".note;'
                f"update \"{hospital.schema}\".alembic_version set version_num = '{revision}'"
            )
