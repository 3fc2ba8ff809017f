"""Those who decide are told at once, or each morning at seven in Paris of what was confirmed before."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.accounts.registration.tell import AT_ONCE, DAILY, told_until


@pytest.mark.parametrize(
    ("when", "now", "until"),
    [
        (AT_ONCE, "2026-07-01T12:34", "2026-07-01T12:34"),
        (DAILY, "2026-07-01T04:59", "2026-06-30T05:00"),
        (DAILY, "2026-07-01T05:00", "2026-07-01T05:00"),
        (DAILY, "2026-07-01T22:30", "2026-07-01T05:00"),
        (DAILY, "2026-12-01T05:59", "2026-11-30T06:00"),
        (DAILY, "2026-12-01T06:00", "2026-12-01T06:00"),
    ],
)
def test_requests_confirmed_before_this_time_are_told(when: str, now: str, until: str) -> None:
    assert told_until(when, _utc(now)) == _utc(until)


def _utc(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)
