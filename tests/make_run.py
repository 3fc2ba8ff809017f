"""One `make run`, without make: a process of its own, what it has printed, how long it takes to stop."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path

from app.config import ROOT
from app.operations import instance

STOPS_WITHIN = 10.0  # seconds, as promised, where nothing else runs
PATIENCE = 600.0  # a machine that does much else makes the demonstration in minutes


def environment_of(folder: Path) -> dict[str, str]:
    """External names are removed: a developer's own settings must not lead the test to a real server."""
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith(("BAMARA_", "DATABASE_", "REDIS_"))
    }
    port = instance.port_for(folder, "web")
    return {**ours, "BAMARA_HOME": str(folder / "var"), "BAMARA_PORT": str(port), "BAMARA_WORKERS": "1"}


class Run:
    """One `make run`, without make: what it has printed, and its process."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.home, self.port = Path(environment["BAMARA_HOME"]), environment["BAMARA_PORT"]
        command = [sys.executable, "-m", "app.operations.supervisor"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.printed = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def pid_of(self, name: str) -> int:
        return int(json.loads((self.home / "run" / "processes.json").read_text())[name][0])

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=30) as answer:
                return answer.status == 200
        except (OSError, HTTPException):
            return False

    def stop(self, order: int = signal.SIGTERM) -> float:
        start = time.monotonic()
        self.process.send_signal(order)
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return time.monotonic() - start

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout:
            for line in self.process.stdout:
                self.printed += line


def until(happens: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    deadline = time.monotonic() + seconds
    while not happens() and time.monotonic() < deadline:
        time.sleep(0.1)
    return happens()
