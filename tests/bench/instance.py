"""The instance under measure: servers of its own under a temporary BAMARA_HOME, as durable as in production."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
from redis import Redis
from rq import Worker

from app import doorbell
from app.config import ROOT, Settings
from app.operations import lifeline
from app.operations.children import end_group
from app.operations.instance import PORTS, is_free
from app.operations.logs import log_file
from app.operations.servers import running
from app.tenants import placement
from app.tenants.upgrade import upgrade_shared

STOP_SECONDS = 20


class RunFailed(Exception):
    """The benchmark cannot say anything: a process died, a document was lost."""


class Instance:
    """`start` spawns a module as the supervisor would; it ends with the benchmark, whatever ends the benchmark."""

    def __init__(self, settings: Settings, environment: dict[str, str]) -> None:
        self.settings = settings
        self._environment = environment

    @contextmanager
    def started(self, name: str, module: str, *arguments: str, **environment: str) -> Iterator[psutil.Process]:
        with log_file(self.settings.home, name) as output:
            process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self._environment, **environment, lifeline.TIED: "1"},
                cwd=ROOT,
                start_new_session=True,
            )
        try:
            yield psutil.Process(process.pid)
            if process.poll() is not None:
                raise RunFailed(f"{name} ended by itself: read {self.settings.home}/logs/{name}.log")
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            finally:
                end_group(process)

    @contextmanager
    def workers(self, number: int) -> Iterator[list[psutil.Process]]:
        """Ready to answer the bell."""
        with ExitStack() as until_the_end:
            names = [f"worker-{count}" for count in range(1, number + 1)]
            entered = [self.started(name, "app.operations.worker") for name in names]
            processes = [until_the_end.enter_context(one) for one in entered]
            bell = until_the_end.enter_context(Redis.from_url(self.settings.redis_url))
            wait_until(lambda: len(Worker.all(connection=bell)) >= number, "workers")
            yield processes

    def groups(self, **ours: Sequence[psutil.Process]) -> dict[str, Sequence[psutil.Process]]:
        """The processes whose time an operation costs."""
        return {**ours, "PostgreSQL": [self.postgresql], "Valkey": [self.valkey]}

    @property
    def postgresql(self) -> psutil.Process:
        return psutil.Process(self._pid_of("postgresql"))

    @property
    def valkey(self) -> psutil.Process:
        return psutil.Process(self._pid_of("valkey"))

    def _pid_of(self, server: str) -> int:
        known = json.loads((self.settings.home / "run" / "processes.json").read_text())
        return int(known[server][0])


@contextmanager
def instance() -> Iterator[Instance]:
    """Production's settings on a free port; the schema `control` is migrated, no hospital is open."""
    with tempfile.TemporaryDirectory(prefix="bamara-bench-") as folder:
        Path(folder).chmod(0o755)  # the account `nobody` runs the servers when we are root
        given = {
            "BAMARA_MODE": "production",
            "BAMARA_HOME": f"{folder}/home",
            "BAMARA_PORT": str(next(port for port in PORTS if is_free("127.0.0.1", port))),
            "BAMARA_SECRET_KEY": secrets.token_hex(32),
            "BAMARA_BASE_URL": "https://bench.bamara.example",
            "MAIL_URL": "smtp://127.0.0.1:9",
            "BAMARA_LOG_LEVEL": "WARNING",
        }
        with running(Settings.from_environment(given)) as addresses:
            given |= {"DATABASE_URL": addresses.database_url, "REDIS_URL": addresses.redis_url}
            settings = Settings.from_environment(given)
            placement.configure(settings)
            doorbell.configure(settings)
            upgrade_shared()
            yield Instance(settings, given)
            placement.forget_connections()


def wait_until(ready: Callable[[], bool], what: str, seconds: float = 60, every: float = 0.05) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise RunFailed(f"{what}: not ready after {seconds:g} s")
        time.sleep(every)
