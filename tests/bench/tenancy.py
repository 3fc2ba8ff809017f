"""The figures of tenancy: opening a hospital, checking four hundred, upgrading four hundred.

The floor of each is the same SQL sent by psycopg alone, with nothing decided, nothing recorded."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from unittest.mock import patch

import psycopg

from app.config import Settings
from app.operations.servers import running
from app.tenants import migrations, placement
from app.tenants.build import migrate
from app.tenants.fingerprint import FINGERPRINTS, SETTINGS
from app.tenants.hospital import Hospital
from app.tenants.open import open_hospital
from app.tenants.placement import placed
from app.tenants.rights import may_become
from app.tenants.upgrade import AT_ONCE, check_all, upgrade_all, upgrade_shared
from tests.bench.table import Row, at_most
from tests.own_database import one_migration_more

HOSPITALS = 400
ONE_COLUMN = "alter table fiche add column {} text"


def measure() -> list[Row]:
    """On servers of its own, as durable as in production."""
    with a_database() as url, psycopg.connect(url, prepare_threshold=None) as raw:
        hospitals, opening = _open_all()
        return [
            at_most("opening a hospital (median)", opening, "ms", floor=_raw_opening(raw), target=120),
            at_most("checking 400 hospitals", _best(check_all), "s", floor=_raw_check(raw, hospitals), target=1),
            at_most("upgrading 400 hospitals, nothing to do", _best(upgrade_all), "s", floor=None, target=1),
            at_most(
                "upgrading 400 hospitals by one column",
                _upgrade_by_one_column(),
                "s",
                floor=_raw_upgrade(url, hospitals),
                target=5,
            ),
        ]


@contextmanager
def a_database() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="bamara-bench-") as home:
        Path(home).chmod(0o755)
        own = Settings.from_environment({"BAMARA_MODE": "test", "BAMARA_HOME": f"{home}/servers"})
        with running(own) as addresses:
            given = {"BAMARA_MODE": "test", "BAMARA_HOME": home, "DATABASE_URL": addresses.database_url}
            placement.configure(Settings.from_environment(given))
            upgrade_shared()
            yield addresses.database_url
            placement.forget_connections()


def _open_all() -> tuple[list[Hospital], float]:
    hospitals, milliseconds = [], []
    for n in range(HOSPITALS):
        start = perf_counter()
        hospitals.append(open_hospital(f"H{n:03}", "Hôpital", finess=["750803454"]))
        milliseconds.append((perf_counter() - start) * 1000)
    return hospitals, median(milliseconds)


def _raw_opening(raw: psycopg.Connection) -> float:
    """The whole of a hospital in one message and one transaction."""
    milliseconds = []
    for n in range(20):
        schema, role = f"raw_{n}", placed().role_of(f"raw_{n}")
        sql = f'create role "{role}" nologin noinherit; create schema "{schema}";'
        sql += may_become(role, placed().login) + migrate(schema, role, None)
        milliseconds.append(1000 * _seconds(lambda sql=sql: _send(raw, sql)))
    return median(milliseconds)


def _raw_check(raw: psycopg.Connection, hospitals: Sequence[Hospital]) -> float:
    """The catalogue read alone, compared with nothing."""
    sql = FINGERPRINTS.replace(":schemas", "%s").replace(":roles", "%s")
    asked = ([hospital.schema for hospital in hospitals], [hospital.role for hospital in hospitals])

    def read() -> None:
        raw.execute(SETTINGS)
        raw.execute(sql, asked).fetchall()
        raw.commit()

    return _best(read)


def _upgrade_by_one_column() -> float:
    with tempfile.TemporaryDirectory() as directory:
        more = one_migration_more(Path(directory) / "tenant", ONE_COLUMN.format("one"))
        with patch.object(migrations, "TENANT", more):
            return _seconds(upgrade_all)


def _raw_upgrade(url: str, hospitals: Sequence[Hospital]) -> float:
    """The same change, one transaction a hospital, as many at once."""

    def some(part: int) -> None:
        with psycopg.connect(url, prepare_threshold=None) as connection:
            for hospital in hospitals[part::AT_ONCE]:
                column = ONE_COLUMN.format("two")
                version = "update alembic_version set version_num = version_num"
                _send(connection, f'set local search_path = "{hospital.schema}"; {column}; {version}')

    def every() -> None:
        with ThreadPoolExecutor(AT_ONCE) as threads:
            list(threads.map(some, range(AT_ONCE)))

    return _seconds(every)


def _send(connection: psycopg.Connection, sql: str) -> None:
    connection.execute(sql.encode())
    connection.commit()


def _seconds(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start


def _best(run: Callable[[], object]) -> float:
    """Of three: the machine has other things to do."""
    return min(_seconds(run) for _ in range(3))
