"""A6 in full: twenty hospitals, a failure at each of them in turn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config import Settings
from app.tenants import migrations
from app.tenants.hospital import Hospital
from app.tenants.open import open_hospital
from tests.hospitals_upgraded import fails_there_and_resumes, go_back
from tests.own_database import own_database


@pytest.fixture(scope="module")
def twenty(database: Settings) -> Iterator[list[Hospital]]:
    with own_database(database):
        hospitals = [open_hospital(f"H{n:03}", "Hôpital") for n in range(20)]
        yield hospitals


@pytest.mark.parametrize("failing", range(20))
def test_a_failure_at_each_hospital(
    twenty: list[Hospital], failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = migrations.head(migrations.TENANT)

    fails_there_and_resumes(twenty, failing, tmp_path / "tenant", monkeypatch)

    go_back(twenty, revision)
