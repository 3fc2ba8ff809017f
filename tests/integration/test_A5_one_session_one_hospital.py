"""A5: a session that served a hospital serves no other, not even what it remembers without a query (trap 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.audit import record
from app.audit.models import AuditEvent
from app.tenants.bind import HospitalSession, WrongHospital, bound_to, hospital_session
from app.tenants.hospital import Hospital

USES = {
    "text": lambda session: session.execute(text("select 1")),
    "query": lambda session: session.scalars(select(AuditEvent)).all(),
    "the identity map": lambda session: session.get(AuditEvent, 1),
    "get_one": lambda session: session.get_one(AuditEvent, 1),
    "add": lambda session: session.add(AuditEvent(actor="system", action="x")),
    "connection": lambda session: session.connection(),
    "refresh": lambda session: session.refresh(next(iter(session))),
    "flush": lambda session: (setattr(next(iter(session)), "action", "y"), session.flush()),
    "commit": lambda session: session.commit(),
}


@pytest.fixture
def two(open_hospital_for_test: Callable[..., Hospital]) -> tuple[Hospital, Hospital]:
    return open_hospital_for_test(), open_hospital_for_test()


@pytest.fixture
def used(two: tuple[Hospital, Hospital]) -> Iterator[Session]:
    """A session that has served the first hospital and remembers one of its rows."""
    first, _ = two
    with hospital_session(first.code) as session:
        record(session, actor="system", action="x")
    with bound_to(first), HospitalSession() as session:
        kept = session.get(AuditEvent, 1)
        assert kept is not None
        yield session


@pytest.mark.parametrize("use", USES)
def test_every_use_under_another_hospital_is_refused(two: tuple[Hospital, Hospital], used: Session, use: str) -> None:
    with bound_to(two[1]), pytest.raises(WrongHospital):
        USES[use](used)


def test_the_session_still_serves_its_own(two: tuple[Hospital, Hospital], used: Session) -> None:
    with bound_to(two[1]), pytest.raises(WrongHospital):
        used.get(AuditEvent, 1)

    assert used.execute(text("select current_user")).scalar_one() == two[0].role


def test_a_new_session_sees_the_second_alone(two: tuple[Hospital, Hospital], used: Session) -> None:
    with hospital_session(two[1].code) as session:
        assert session.get(AuditEvent, 1) is None
