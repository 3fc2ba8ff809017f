"""The servers, the database and the hospitals of the tests.

One embedded PostgreSQL and one Valkey per run, shared by the workers of pytest-xdist: the first one starts them, the
others attach, exactly as commands do. One database per worker; one fresh hospital per test that asks for one."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import text

from app import create_app, doorbell
from app.accounts.sign_in import passwords
from app.config import Settings
from app.definitions import published
from app.operations.servers import Addresses, running
from app.tenants import placement
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital
from app.tenants.upgrade import upgrade_shared
from tests.reopened import Reopened

numbers = itertools.count(1)
hypothesis_settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("any machine")
QUICK, PRODUCT = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1), passwords._HASHER


def pytest_configure(config: pytest.Config) -> None:
    """The controller names the run before its workers start; they inherit the name."""
    if not hasattr(config, "workerinput"):
        os.environ["BAMARA_TEST_HOME"] = tempfile.mkdtemp(prefix="bamara-tests-")
        Path(os.environ["BAMARA_TEST_HOME"]).chmod(0o755)  # the account `nobody` runs the servers when we are root


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop("BAMARA_TEST_HOME"), ignore_errors=True)


@pytest.fixture(scope="session")
def durable_servers() -> bool:
    """Drills override this: they kill the servers and count what is left."""
    return False


@pytest.fixture(scope="session")
def servers(durable_servers: bool) -> Iterator[Addresses]:
    home = Path(os.environ["BAMARA_TEST_HOME"]) / "servers"
    with running(
        Settings.from_environment({"BAMARA_MODE": "test", "BAMARA_HOME": str(home)}), durable=durable_servers
    ) as here:
        yield here


@pytest.fixture(scope="session")
def settings(servers: Addresses, worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Mode `test`; `http://localhost` is the address Flask's test client comes from."""
    own = Settings.from_environment(
        {
            "BAMARA_MODE": "test",
            "BAMARA_HOME": str(tmp_path_factory.mktemp("home")),
            "BAMARA_SECRET_KEY": "secret-of-the-tests-and-of-nothing-else",
            "BAMARA_BASE_URL": "http://localhost",
            "BAMARA_WORKERS": "1",
        }
    )
    redis_number = int(worker_id.removeprefix("gw")) % 16 if worker_id != "master" else 0
    return replace(
        own,
        database_url=_with_path(servers.database_url, _own_database(servers.database_url, f"test_{worker_id}")),
        redis_url=_with_path(servers.redis_url, str(redis_number)),
    )


@pytest.fixture(scope="session", autouse=True)
def patient_bell() -> None:
    """A machine that does much else may keep Valkey waiting longer than a request of the product would."""
    doorbell.PATIENCE_SECONDS = 30.0


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once() -> None:
    """Whatever the number of applications that a run makes."""
    compiled = Path(os.environ["BAMARA_TEST_HOME"]) / "templates"
    compiled.mkdir(exist_ok=True)
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(compiled))}


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """Accounts are made by the thousand: a tenth of a second for each hash would be most of what the tests take."""
    hash_passwords_with(QUICK)


@pytest.fixture
def slow_passwords() -> Iterator[None]:
    """Hashes as slow as the product's, for those who compare times (C4)."""
    hash_passwords_with(PRODUCT)
    yield
    hash_passwords_with(QUICK)


@pytest.fixture(scope="session")
def redis_url(settings: Settings) -> str:
    return settings.redis_url


@pytest.fixture(scope="session")
def database(settings: Settings) -> Iterator[Settings]:
    """The engines are configured and the schema `control` is migrated."""
    placement.configure(settings)
    upgrade_shared()
    yield settings
    placement.forget_connections()


@pytest.fixture(scope="session")
def app(database: Settings) -> Flask:
    return create_app(database)


@pytest.fixture(scope="session")
def reopened() -> Reopened:
    return Reopened()


@pytest.fixture
def open_hospital_for_test(database: Settings, reopened: Reopened) -> Iterator[Callable[..., Hospital]]:
    """A fresh hospital; a code that no other test has, when none is asked for. It is gone when the test is over."""
    here: list[Hospital] = []

    def opened(code: str | None = None, name: str = "Hôpital d’essai", **options: object) -> Hospital:
        here.append(reopened.open(code or f"T{next(numbers):05}", name, **options))
        return here[-1]

    yield opened
    reopened.leave(here)
    for letter in (database.home / "mailbox").glob("*.eml"):
        letter.unlink()


@pytest.fixture
def hospital(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    return open_hospital_for_test()


@pytest.fixture
def no_edition_left(database: Settings) -> Iterator[None]:
    """The editions published by a test are the definition of nobody afterwards."""
    yield
    with shared_session() as session:
        session.execute(text("delete from control.definition_impact"))
        session.execute(text("delete from control.definition_edition"))
    published.forget()


def hash_passwords_with(hasher: PasswordHasher) -> None:
    passwords._HASHER = hasher
    passwords._nobodys_hash.cache_clear()


def _own_database(url: str, name: str) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"drop database if exists {name}".encode())
        connection.execute(f"create database {name}".encode())
    return name


def _with_path(url: str, path: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{path}"))
