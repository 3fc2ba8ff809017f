"""Binding: the only way to a hospital's tables. One hospital per context, one hospital per session (promises A3 to A5).

The hospital of the context is told to PostgreSQL at the start of each transaction, for that transaction alone: a pooled
connection goes back clean whatever happens (trap 1). A session belongs to the first hospital it served (trap 2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, SessionTransaction

from app.tenants import directory
from app.tenants.bases import CONTROL
from app.tenants.hospital import Hospital
from app.tenants.placement import placed

SWITCH = "select set_config('role', %s, true), set_config('search_path', %s, true)"
# In the same message: the hospital stays what it is for this transaction. Tried, never waited for: a hospital that is
# being restored must not hold the threads of the others.
ENTER = f"{SWITCH}, pg_try_advisory_xact_lock_shared(hashtext('bamara hospital'), hashtext(%s))"
EMPTIED = "select pg_advisory_xact_lock(hashtext('bamara hospital'), hashtext(%s))"
"""Waits for those who are in; nobody else comes in until the end of the transaction."""


class NoHospitalBound(RuntimeError):
    """A hospital's tables were asked for outside any hospital (A4)."""


class HospitalClosed(SQLAlchemyError):
    """The hospital is being restored: whoever was to write tries again later, nothing is lost in silence (E1)."""

    def __init__(self, code: str) -> None:
        super().__init__(f"L’établissement {code} est en cours de restauration : recommencer dans quelques minutes.")


class WrongHospital(RuntimeError):
    """A session of one hospital was used while another was bound (A5)."""


_bound: ContextVar[Hospital | None] = ContextVar("bound_hospital", default=None)


@contextmanager
def hospital_session(code: str) -> Iterator[Session]:
    """A session on the hospital's schema, under its role; committed at the end, rolled back on an exception.
    Raises UnknownHospital."""
    with bound_to(directory.find_hospital(code)), HospitalSession() as session, session.begin():
        yield session


@contextmanager
def shared_session() -> Iterator[Session]:
    """A session on the schema `control`, under the application's own role, which sees no hospital."""
    with SharedSession() as session, session.begin():
        yield session


@contextmanager
def bound_to(hospital: Hospital) -> Iterator[Hospital]:
    token = _bound.set(hospital)
    try:
        yield hospital
    finally:
        _bound.reset(token)


def bound_hospital() -> Hospital:
    hospital = _bound.get()
    if hospital is None:
        raise NoHospitalBound("no hospital is bound")
    return hospital


class HospitalSession(Session):
    """Pinned to the hospital bound at its first use; any later use under another one is refused, even the answers it
    could give from memory without a query."""

    pinned: Hospital | None = None

    def require_pinned(self) -> Hospital:
        hospital = bound_hospital()
        if self.pinned is None:
            self.pinned = hospital
        if self.pinned.code != hospital.code:
            raise WrongHospital(f"this session belongs to {self.pinned.code}, {hospital.code} is bound")
        return self.pinned

    def get_bind(self, *_: Any, **__: Any) -> Engine:
        return placed(self.require_pinned().placement).door

    def get(self, *args: Any, **kwargs: Any) -> Any:
        self.require_pinned()
        return super().get(*args, **kwargs)

    def get_one(self, *args: Any, **kwargs: Any) -> Any:
        self.require_pinned()
        return super().get_one(*args, **kwargs)


class SharedSession(Session):
    def get_bind(self, *_: Any, **__: Any) -> Engine:
        return placed().door


@event.listens_for(HospitalSession, "after_begin")
def _become_the_hospital(session: HospitalSession, transaction: SessionTransaction, connection: Connection) -> None:
    hospital = session.require_pinned()
    if not transaction.nested:
        entered = connection.exec_driver_sql(ENTER, (hospital.role, hospital.schema, hospital.schema)).one()
        if not entered[-1]:
            raise HospitalClosed(hospital.code)


@event.listens_for(SharedSession, "after_begin")
def _become_nobody(_: Session, transaction: SessionTransaction, connection: Connection) -> None:
    if not transaction.nested:
        connection.exec_driver_sql(SWITCH, ("none", CONTROL))


@event.listens_for(HospitalSession, "do_orm_execute")
def _check_the_query(state: Any) -> None:
    state.session.require_pinned()


@event.listens_for(HospitalSession, "before_flush")
@event.listens_for(HospitalSession, "before_attach")
def _check_the_write(session: HospitalSession, *_: Any) -> None:
    session.require_pinned()


@event.listens_for(HospitalSession, "before_commit")
def _check_the_commit(session: HospitalSession) -> None:
    session.require_pinned()
