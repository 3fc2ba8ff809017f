"""The nightly search of a hospital raises an alert for two fiches of one person, once, and merges nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from app.fiches.alerts import open_alerts
from app.identity.alerts.states import dismiss
from app.identity.search import jobs, nightly
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.merging import MARIE, Merging
from tests.receiving import receiving_hospital, rows
from tests.saving import MARTIN


def test_a_pair_is_told_once_and_never_after_it_was_said_to_be_two(
    open_hospital_for_test: Callable[..., Hospital],
) -> None:
    here = Merging(receiving_hospital(open_hospital_for_test))
    pair = [here.type(MARIE), here.type(MARIE | {"birth_date": "1980-12-03"})]
    here.type(MARIE | {"birth_first_given_name": "Sophie"})
    for _ in range(2):
        nightly.search(here.hospital.code)
    with hospital_session(here.hospital.code) as session:
        (alert,) = open_alerts(session)
        assert sorted((alert.fiche_id, alert.other_fiche_id)) == sorted(pair)  # type: ignore[type-var]
        dismiss(session, alert.id, MARTIN)
    found = nightly.search(here.hospital.code)
    assert (found.fiches, found.suggested) == (3, 1)
    with hospital_session(here.hospital.code) as session:
        assert open_alerts(session) == []
        assert not nightly.is_due(session)
    assert rows(here.hospital, "select count(*) from fiche where merged_into is not null")[0][0] == 0


def test_by_day_nothing_is_asked() -> None:
    assert not jobs.ask_at_night(datetime(2026, 6, 1, 12, tzinfo=UTC))
