"""A4: without a hospital bound, no query reaches a hospital's table: web, job or shell, all get the exception."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text

from app.audit.models import AuditEvent
from app.tenants.bind import HospitalSession, NoHospitalBound, bound_hospital, hospital_session
from app.tenants.directory import UnknownHospital
from app.tenants.hospital import Hospital

USES = {
    "text": lambda session: session.execute(text("select 1")),
    "query": lambda session: session.execute(select(AuditEvent)),
    "get": lambda session: session.get(AuditEvent, 1),
    "get_one": lambda session: session.get_one(AuditEvent, 1),
    "add": lambda session: session.add(AuditEvent(actor="system", action="x")),
    "connection": lambda session: session.connection(),
}


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("use", USES)
def test_every_use_of_an_unbound_session_is_refused(use: str) -> None:
    with HospitalSession() as session, pytest.raises(NoHospitalBound):
        USES[use](session)


@pytest.mark.parametrize("use", USES)
def test_another_thread_inherits_no_hospital(hospital: Hospital, use: str) -> None:
    with hospital_session(hospital.code) as session, ThreadPoolExecutor(1) as thread, pytest.raises(NoHospitalBound):
        thread.submit(USES[use], session).result()


def test_nothing_stays_bound_afterwards(hospital: Hospital) -> None:
    with hospital_session(hospital.code):
        assert bound_hospital().code == hospital.code

    with pytest.raises(NoHospitalBound):
        bound_hospital()


@pytest.mark.usefixtures("database")
def test_an_unknown_hospital_is_not_bound() -> None:
    with pytest.raises(UnknownHospital, match="n’existe pas"), hospital_session("NOWHERE"):
        pass
