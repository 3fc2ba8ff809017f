"""The embedded servers: they keep what they acknowledged, whoever starts them and whatever kills them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from app.config import ROOT, Settings
from app.operations import instance
from app.operations.postgresql import LONGEST_SOCKET_PATH, Postgresql
from app.operations.servers import Addresses, running

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to leave its rights")


@pytest.fixture
def home() -> Iterator[Path]:
    """Where everybody may enter, as /srv; pytest's own folders are closed to the account `nobody`."""
    folder = Path(tempfile.mkdtemp(prefix="bamara-servers-"))
    folder.chmod(0o755)
    yield folder / "var"
    shutil.rmtree(folder)


def served(home: Path) -> AbstractContextManager[Addresses]:
    """Without fsync: a killed process loses nothing by it, only a power cut would."""
    return running(Settings.from_environment({"BAMARA_MODE": "test", "BAMARA_HOME": str(home)}), durable=False)


def write(addresses: Addresses, *values: int) -> None:
    with psycopg.connect(addresses.database_url) as connection:
        connection.execute("create table if not exists kept (value int primary key)")
        for value in values:
            connection.execute("insert into kept values (%s)", [value])


def read(addresses: Addresses) -> list[int]:
    with psycopg.connect(addresses.database_url) as connection:
        return [value for (value,) in connection.execute("select value from kept order by value")]


def pid_of(home: Path, name: str) -> int:
    processes = instance._read(home / "run" / "processes.json")
    return int(processes[name][0])  # type: ignore[index]


def test_what_was_written_is_there_after_a_restart_at_the_same_address(home: Path) -> None:
    with served(home) as first:
        write(first, 1, 2)
    with served(home) as second:
        assert second == first
        assert read(second) == [1, 2]


@pytest.mark.parametrize("name", ["postgresql", "valkey"])
def test_a_killed_server_recovers_what_it_acknowledged(home: Path, name: str) -> None:
    with served(home) as first:
        write(first, 1)
        os.kill(pid_of(home, name), signal.SIGKILL)
    with served(home) as second:
        assert read(second) == [1]


def test_servers_that_outlive_their_killed_starter_are_taken_over(home: Path) -> None:
    script = (
        "import sys; from app.config import Settings; from app.operations.servers import running\n"
        "with running(Settings.from_environment({'BAMARA_MODE': 'test', 'BAMARA_HOME': sys.argv[1]})):\n"
        "    print('up', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(home)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as starter:
        assert starter.stdout
        assert starter.stdout.readline() == b"up\n"
        orphan = psutil.Process(pid_of(home, "postgresql"))
        starter.kill()
    assert not instance.ends_within(orphan, 0.1)
    with served(home) as addresses:
        write(addresses, 1)
        assert instance.ends_within(orphan, 0)


def test_a_pid_since_given_to_another_program_does_not_prevent_the_start(home: Path) -> None:
    with served(home) as first:
        write(first, 1)
        os.kill(pid_of(home, "postgresql"), signal.SIGKILL)
        pid_file = home / "postgresql" / "data" / "postmaster.pid"
        lines = pid_file.read_text().split("\n")
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    with served(home) as second:
        assert read(second) == [1]


def test_a_second_instance_is_refused_and_harms_nothing(home: Path) -> None:
    with served(home) as addresses:
        with pytest.raises(instance.AlreadyRunning, match="tourne déjà"), instance.held(home):
            pass
        write(addresses, 1)


def test_a_command_attaches_and_the_starter_waits_for_it(home: Path) -> None:
    attached, may_leave, read_late = threading.Event(), threading.Event(), list[list[int]]()

    def command() -> None:
        with served(home) as addresses:
            attached.set()
            may_leave.wait(60)
            read_late.append(read(addresses))

    with served(home) as addresses:
        write(addresses, 1)
        other = threading.Thread(target=command)
        other.start()
        assert attached.wait(60)
        threading.Timer(0.5, may_leave.set).start()
    other.join(60)
    assert read_late == [[1]]


def test_two_homes_run_side_by_side(home: Path) -> None:
    with served(home) as one, served(home.with_name("other")) as two:
        write(one, 1)
        write(two, 2)
        assert (read(one), read(two)) == ([1], [2])


@pytest.mark.parametrize(("folders", "beside"), [(1, True), (12, False)])
def test_the_socket_path_stays_short_however_long_the_home(home: Path, folders: int, beside: bool) -> None:
    deep = home.joinpath(*["a-rather-long-name"] * folders)
    with served(deep) as addresses, psycopg.connect(addresses.database_url) as connection:
        (folder,) = connection.execute("show unix_socket_directories").fetchone() or ("",)
        port = connection.info.port
    assert len(f"{folder}/.s.PGSQL.{port}.lock") <= LONGEST_SOCKET_PATH
    assert Path(folder).is_relative_to(deep) is beside
    assert Path(folder).stat().st_mode & 0o777 == 0o700
    if not beside:
        shutil.rmtree(folder)


@as_root
@pytest.mark.parametrize(("mode", "account"), [(0o755, "nobody"), (0o700, "root")])
def test_root_lends_its_rights_to_no_server(home: Path, mode: int, account: str) -> None:
    """Where `nobody` may not enter, the server runs in a user namespace: root outside, nobody inside."""
    home.parent.chmod(mode)
    with served(home) as addresses:
        write(addresses, 1)
        process = psutil.Process(pid_of(home, "postgresql"))
        assert process.name() == "postgres"
        assert process.username() == account
    home.parent.chmod(0o755 if mode == 0o700 else 0o700)
    with served(home) as addresses:
        assert read(addresses) == [1]


def test_both_servers_ask_for_their_password(home: Path) -> None:
    with served(home) as addresses:
        secret = Postgresql(home, 1).password
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(addresses.database_url.replace(secret, "guessed"))
        with (
            redis.Redis.from_url(addresses.redis_url.partition("@")[2].join(["redis://", ""])) as client,
            pytest.raises(redis.exceptions.AuthenticationError),
        ):
            client.ping()
    assert {path.stat().st_mode & 0o777 for path in (home / "secrets").iterdir()} == {0o600}


def test_the_log_of_postgresql_repeats_no_value(home: Path) -> None:
    """D3: an error would otherwise quote the row, and the row is a patient's."""
    with served(home) as addresses:
        write(addresses, 424242)
        with pytest.raises(psycopg.errors.UniqueViolation):
            write(addresses, 424242)
    log = (home / "logs" / "postgresql.log").read_text()
    assert "kept_pkey" in log
    assert "424242" not in log
