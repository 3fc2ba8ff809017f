"""The nightly search of a hospital raises an alert for two fiches of one person, once, and merges nothing. A night goes
round the hospitals one after the other, and none stops the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from app.config import Settings
from app.fiches.alerts import open_alerts
from app.identity.alerts.states import dismiss
from app.identity.search import alone, jobs, nightly
from app.identity.search.jobs import Night
from app.identity.search.nightly import Standing
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from app.tenants.placement import owner_transactions
from tests.killed_workers import environment_of
from tests.merging import MARIE, Merging
from tests.receiving import receiving_hospital, rows
from tests.saving import MARTIN

MIDNIGHT = datetime(2026, 6, 1, 0, tzinfo=UTC)
LONGEST = timedelta(hours=1)


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
    assert standing(here.hospital) is Standing.OVER
    assert rows(here.hospital, "select count(*) from fiche where merged_into is not null")[0][0] == 0


def standing(hospital: Hospital) -> Standing:
    with hospital_session(hospital.code) as session:
        return nightly.standing(session, LONGEST)


def lose(hospital: Hospital, table: str) -> None:
    with owner_transactions(hospital.placement) as (_control, home):
        home.exec_driver_sql(f"alter table {hospital.schema}.{table} rename to gone")


@pytest.fixture
def three(open_hospital_for_test: Callable[..., Hospital], monkeypatch: pytest.MonkeyPatch) -> list[Hospital]:
    hospitals = [open_hospital_for_test() for _ in range(3)]
    monkeypatch.setattr(jobs, "all_hospitals", lambda: hospitals)
    return hospitals


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes rung for, in their order; nobody answers the bell."""
    codes: list[str] = []
    monkeypatch.setattr(jobs, "ask", codes.append)
    return codes


def test_by_day_nothing_is_asked(three: list[Hospital], asked: list[str]) -> None:
    Night().go_on(datetime(2026, 6, 1, 12, tzinfo=UTC))
    assert asked == []


def test_the_next_search_is_asked_for_when_the_one_before_has_ended(three: list[Hospital], asked: list[str]) -> None:
    first, second, third = (hospital.code for hospital in three)
    night = Night()
    night.go_on(MIDNIGHT)
    night.go_on(MIDNIGHT)  # not begun: the bell is rung again, and the job is one by its id
    assert asked == [first, first]
    for code in (first, second):
        nightly.search(code)
        night.go_on(MIDNIGHT)
    assert asked == [first, first, second, third]
    nightly.search(third)
    night.go_on(MIDNIGHT)
    Night().go_on(MIDNIGHT)  # the scheduler was started again: nobody has two turns in a night
    assert len(asked) == 4


def test_one_that_fails_waits_for_the_next_night(three: list[Hospital], asked: list[str]) -> None:
    first, second, _ = three
    night = Night()
    night.go_on(MIDNIGHT)
    lose(first, "identifier")
    assert alone.search(first.code) == 1
    assert rows(first, "select failure from duplicate_search")[0].failure == "ProgrammingError"
    night.go_on(MIDNIGHT)
    assert asked == [first.code, second.code]
    assert standing(first) is Standing.OVER


def test_one_that_cannot_be_read_or_never_begins_stops_no_other(three: list[Hospital], asked: list[str]) -> None:
    first, second, third = three
    lose(first, "duplicate_search")
    night = Night()
    night.go_on(MIDNIGHT)
    assert asked == [second.code]
    night.go_on(MIDNIGHT + jobs.PATIENCE + timedelta(seconds=1))
    assert asked == [second.code, third.code]


def test_one_whose_process_died_is_over_in_the_end(three: list[Hospital]) -> None:
    (first, *_) = three
    rows(first, "insert into duplicate_search (model) values ('x') returning 1")
    assert standing(first) is Standing.UNDER_WAY
    rows(first, "update duplicate_search set asked_at = asked_at - interval '2 hours' returning 1")
    assert standing(first) is Standing.OVER
    rows(first, "update duplicate_search set asked_at = asked_at - interval '1 day' returning 1")
    assert standing(first) is Standing.DUE


def test_a_search_runs_in_a_process_of_its_own(settings: Settings, three: list[Hospital]) -> None:
    (first, *_) = three
    jobs.search_hospital(first.code, environment_of(settings))
    assert standing(first) is Standing.OVER
    assert rows(first, "select failure from duplicate_search")[0].failure is None
