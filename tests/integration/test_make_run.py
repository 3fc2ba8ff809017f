"""`make run` as an operator lives it: it answers, it heals, it refuses to run twice, and it stops clean."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from app.config import ROOT
from app.operations import instance

STOPS_WITHIN = 10.0  # seconds, as promised
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """External names are removed: a developer's own settings must not lead the test to a real server."""
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith(("BAMARA_", "DATABASE_", "REDIS_"))
    }
    port = instance.port_for(tmp_path, "web")
    return {**ours, "BAMARA_HOME": str(tmp_path / "var"), "BAMARA_PORT": str(port), "BAMARA_WORKERS": "1"}


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
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def stop(self, order: int = signal.SIGTERM) -> float:
        start = time.monotonic()
        self.process.send_signal(order)
        self.process.wait(30)
        self._reader.join(30)
        return time.monotonic() - start

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout:
            for line in self.process.stdout:
                self.printed += line


def until(happens: Callable[[], bool], seconds: float = 90.0) -> bool:
    deadline = time.monotonic() + seconds
    while not happens() and time.monotonic() < deadline:
        time.sleep(0.1)
    return happens()


@pytest.fixture
def run(environment: dict[str, str]) -> Iterator[Run]:
    run = Run(environment)
    assert until(lambda: "Ctrl-C" in run.printed or run.process.poll() is not None)
    yield run
    if run.process.poll() is None:
        run.stop()


def test_it_says_where_it_answers_then_heals_then_stops_clean(run: Run, environment: dict[str, str]) -> None:
    assert run.printed.startswith(f"BaMaRa prêt : http://127.0.0.1:{run.port}\n")
    assert "clinicien@demo.bamara.example" in run.printed
    assert run.answers()

    second = subprocess.run(
        [sys.executable, "-m", "app.operations.supervisor"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert second.returncode == 1
    assert "tourne déjà" in second.stderr
    assert run.answers()

    for name in ("web", "postgresql", "valkey"):
        killed = run.pid_of(name)
        os.kill(killed, signal.SIGKILL)
        assert until(lambda name=name, killed=killed: run.pid_of(name) != killed), name  # type: ignore[misc]
        assert until(run.answers), name

    everybody = psutil.Process(run.process.pid).children(recursive=True)
    assert len(everybody) > 6
    assert run.stop(signal.SIGINT) < STOPS_WITHIN
    assert run.process.returncode == 0
    assert all(instance.ends_within(process, 1) for process in everybody)


def test_killed_itself_it_leaves_nobody_and_starts_again(run: Run, environment: dict[str, str]) -> None:
    everybody = [process for process in psutil.Process(run.process.pid).children() if "postgres" not in process.name()]
    ours = [process for process in everybody if "python" in process.name()]
    run.stop(signal.SIGKILL)
    assert all(instance.ends_within(process, STOPS_WITHIN) for process in ours)
    again = Run(environment)
    assert until(lambda: "Ctrl-C" in again.printed)
    assert again.stop() < STOPS_WITHIN


def test_a_taken_port_is_said_and_nothing_is_left(environment: dict[str, str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", environment["BAMARA_PORT"]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as other:
        assert until(lambda: not instance.is_free("127.0.0.1", int(environment["BAMARA_PORT"])))
        run = Run(environment)
        assert run.process.wait(60) == 1
        run._reader.join(10)
        other.terminate()
    assert "est déjà pris" in run.printed
    assert not (run.home / "run" / "state.json").exists()
