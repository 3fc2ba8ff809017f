"""Long work goes on without its page and without its bell, and is given up when it fails three times."""

from __future__ import annotations

import pytest

from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from app.works import jobs
from app.works.works import MOST_FAILURES, Work, do_a_piece, open_work, read_work


def opened(hospital: Hospital, total: int = 2) -> str:
    with hospital_session(hospital.code) as session:
        return open_work(session, "try", total=total, by="system")


def read(hospital: Hospital, work_id: str) -> Work:
    with hospital_session(hospital.code) as session:
        found = read_work(session, work_id)
    assert found is not None
    return found


def fails(_: Hospital, work: Work) -> int:
    raise ValueError(work.kind)


def test_a_piece_that_fails_is_tried_again_then_the_work_is_given_up(hospital: Hospital) -> None:
    work_id = opened(hospital)
    for tries in range(1, MOST_FAILURES + 1):
        assert not do_a_piece(hospital.code, work_id, {"try": fails})
        work = read(hospital, work_id)
        assert (work.failures, work.done, work.given_up) == (tries, 0, tries == MOST_FAILURES)


def test_the_scheduler_does_what_no_bell_rings_for(hospital: Hospital, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "ring", lambda *_: False)
    monkeypatch.setattr(jobs, "_runners", {"try": lambda _, work: work.done + 1})
    work_id = opened(hospital)
    jobs.sweep()
    work = read(hospital, work_id)
    assert (work.done, work.given_up, work.finished_at is not None) == (2, False, True)
