"""Two transactions on one fiche: the second waits for the first, sees what it did, and loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import text

from app.fiches.record import Stamp
from app.fiches.store import EditedMeanwhile, StoredFiches
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.saving import RUTH, SITES, Desk

WEB = Stamp("web", "2024-01-12T15:45:00+00:00", by="martin@hopital.example")
LONG_ENOUGH = 0.3


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    return open_hospital_for_test(sites=SITES)


@pytest.fixture
def fiche_id(hospital: Hospital) -> str:
    with hospital_session(hospital.code) as session:
        return Desk(session, hospital).save(RUTH).fiche_id


def test_a_load_waits_for_the_other_transaction_and_sees_its_blocks(hospital: Hospital, fiche_id: str) -> None:
    asked = Event()

    def add_an_activity_later() -> list[str]:
        with hospital_session(hospital.code) as session:
            asked.set()
            fiche = StoredFiches(session).load(fiche_id)
            return [str(activity.answers["activity_date"]) for activity in fiche.activites]

    with ThreadPoolExecutor() as pool:
        with hospital_session(hospital.code) as session:
            desk = Desk(session, hospital)
            desk.save({"activity_date": "2023"}, "activite", fiche_id)
            waiting: Future[list[str]] = pool.submit(add_an_activity_later)
            assert asked.wait(60)
            with pytest.raises(TimeoutError):
                waiting.result(LONG_ENOUGH)
        assert waiting.result(60) == ["2023"]


def test_a_state_that_was_not_locked_and_moved_is_refused(hospital: Hospital, fiche_id: str) -> None:
    with hospital_session(hospital.code) as session:
        stale = StoredFiches(session).read(fiche_id)
        Desk(session, hospital).save({"used_family_name": "A"}, fiche=fiche_id)
        stale.patient.put("used_family_name", "B", WEB)
        with pytest.raises(EditedMeanwhile), session.begin_nested():
            StoredFiches(session).keep(stale, WEB)
        assert session.scalar(text("select answers ->> 'used_family_name' from fiche")) == "A"


def test_twenty_edits_at_once_all_arrive(hospital: Hospital, fiche_id: str) -> None:
    def save(number: int) -> None:
        with hospital_session(hospital.code) as session:
            Desk(session, hospital).save({"activity_date": f"20{number:02}"}, "activite", fiche_id)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(save, range(20)))
    with hospital_session(hospital.code) as session:
        fiche = StoredFiches(session).read(fiche_id)
    assert len(fiche.activites) == 20
    assert fiche.version == 21
