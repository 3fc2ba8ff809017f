"""Upgrading: what is shared, then every hospital in a transaction and a status row of its own (promise A6, trap 4).

Stopped anywhere, it leaves each hospital wholly at its former revision or wholly at the new one; done again, it takes
up those that are left."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from app.tenants import directory, migrations
from app.tenants.build import build
from app.tenants.check import check_all as check_all
from app.tenants.hospital import Hospital
from app.tenants.migrations import head
from app.tenants.placement import owner_transactions, placed
from app.tenants.revisions import revisions
from app.tenants.shared import upgrade_shared as upgrade_shared

AT_ONCE = 2  # measured: a third one only waits
# A migration that waits behind a long reading makes everyone wait behind it: better to fail and be taken up again.
PATIENCE = "set local lock_timeout = '5s'"
LOCK = "select pg_try_advisory_lock(hashtext('bamara upgrade'))"
UNLOCK = "select pg_advisory_unlock(hashtext('bamara upgrade'))"
STATUS = """
insert into control.hospital_upgrade (hospital_id, revision, state, error) values (:id, :revision, :state, :error)
on conflict (hospital_id) do update set revision = coalesce(excluded.revision, hospital_upgrade.revision),
    state = excluded.state, error = excluded.error, at = now()
"""


class UpgradeUnderWay(RuntimeError):
    def __init__(self) -> None:
        super().__init__(
            "Une mise à niveau ou une restauration est déjà en cours : attendre qu’elle finisse, puis recommencer."
        )


@dataclass(frozen=True, slots=True)
class Upgrade:
    """`state` is « current » (nothing to do), « upgraded » or « failed »; `error` is PostgreSQL's, without values."""

    hospital: str
    state: str
    revision: str | None
    error: str | None = None


def upgrade_all() -> list[Upgrade]:
    """Every hospital, in the order of the codes, whether it failed or not. Raises UpgradeUnderWay."""
    with alone():
        upgrade_shared()
        hospitals = directory.all_hospitals()
        known = revisions(hospitals)
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="upgrade") as threads:
            return list(threads.map(lambda hospital: _upgrade(hospital, known.get(hospital.code)), hospitals))


def _upgrade(hospital: Hospital, revision: str | None) -> Upgrade:
    if revision == head(migrations.TENANT):
        return Upgrade(hospital.code, "current", revision)
    try:
        return Upgrade(hospital.code, "upgraded", _upgrade_in_one_transaction(hospital))
    except SQLAlchemyError as failure:
        error = _without_values(failure)
        with placed().owner.begin() as control:
            say(control, hospital.id, None, "failed", error)
        return Upgrade(hospital.code, "failed", revision, error)


def _upgrade_in_one_transaction(hospital: Hospital) -> str:
    with owner_transactions(hospital.placement) as (control, home):
        home.exec_driver_sql(PATIENCE)
        revision = build(home, placed(hospital.placement), hospital.schema, hospital.role)
        say(control, hospital.id, revision, "current", None)
    return revision


def say(control: Connection, hospital_id: str, revision: str | None, state: str, error: str | None) -> None:
    control.execute(text(STATUS), {"id": hospital_id, "revision": revision, "state": state, "error": error})


def _without_values(failure: SQLAlchemyError) -> str:
    """The class and the message of PostgreSQL; not its detail, which quotes rows (D3)."""
    original = getattr(failure, "orig", None) or failure
    primary = getattr(getattr(original, "diag", None), "message_primary", None)
    return f"{type(original).__name__}: {primary}" if primary else type(original).__name__


@contextmanager
def alone() -> Iterator[None]:
    """No other upgrade, no restore meanwhile. Held by a connection, so that a killed one frees it. Raises
    UpgradeUnderWay."""
    with placed().owner.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        if not connection.exec_driver_sql(LOCK).scalar_one():
            raise UpgradeUnderWay
        try:
            yield
        finally:
            connection.exec_driver_sql(UNLOCK)
