"""What the scheduler does in every hospital: one that cannot be read stops no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.cda import inbox
from app.config import Settings
from app.tenants.each import in_each
from app.tenants.hospital import Hospital
from tests.taken_away import taken_away


def test_a_hospital_that_cannot_be_read_is_told_and_passed_over(
    settings: Settings, open_hospital_for_test: Callable[..., Hospital], caplog: pytest.LogCaptureFixture
) -> None:
    before, away, after = sorted((open_hospital_for_test() for _ in range(3)), key=lambda hospital: hospital.code)

    with taken_away(settings, away):
        pending = in_each(lambda hospital: inbox.has_pending(hospital.code))

    assert (pending[before.code], pending[after.code]) == (False, False)
    assert away.code not in pending
    assert f"{away.code} could not be read" in caplog.text
