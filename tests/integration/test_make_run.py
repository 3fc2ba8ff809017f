"""`make run` as an operator lives it: it answers, it heals, it refuses to run twice, and it stops clean.

The tests share a home: whichever comes first makes the demonstration, the others find it there."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from app.config import ROOT
from app.operations import instance
from tests.killed_run import conserved
from tests.make_run import PATIENCE, STOPS_WITHIN, Run, environment_of, until

BUSY = 6  # a machine may be so many times slower
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return environment_of(tmp_path_factory.mktemp("make-run"))


@pytest.fixture
def run(environment: dict[str, str]) -> Iterator[Run]:
    run = Run(environment)
    assert until(lambda: "Ctrl-C" in run.printed or run.process.poll() is not None)
    yield run
    if run.process.poll() is None:
        run.stop()


def test_it_says_where_it_answers_then_heals_then_stops_clean(run: Run, environment: dict[str, str]) -> None:
    """Whoever is killed, every document it acknowledged is there once (B6)."""
    assert run.printed.startswith(f"BaMaRa prêt : http://127.0.0.1:{run.port}\n")
    assert "clinicien@demo.bamara.example" in run.printed
    assert until(run.answers)

    second = subprocess.run(
        [sys.executable, "-m", "app.operations.supervisor"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert second.returncode == 1
    assert "tourne déjà" in second.stderr
    assert until(run.answers)

    conserved(run, environment, documents=40, victims=("web", "postgresql", "valkey", "worker-1"))
    assert until(run.answers)

    everybody = psutil.Process(run.process.pid).children(recursive=True)
    assert len(everybody) > 6
    assert run.stop(signal.SIGINT) < STOPS_WITHIN * BUSY
    assert run.process.returncode == 0
    assert all(instance.ends_within(process, STOPS_WITHIN * BUSY) for process in everybody)


def test_killed_itself_it_leaves_nobody_and_starts_again(run: Run, environment: dict[str, str]) -> None:
    everybody = [process for process in psutil.Process(run.process.pid).children() if "postgres" not in process.name()]
    ours = [process for process in everybody if "python" in process.name()]
    run.stop(signal.SIGKILL)
    assert all(instance.ends_within(process, STOPS_WITHIN * BUSY) for process in ours)
    again = Run(environment)
    assert until(lambda: "Ctrl-C" in again.printed)
    assert again.stop() < STOPS_WITHIN * BUSY


def test_a_taken_port_is_said_and_nothing_is_left(environment: dict[str, str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", environment["BAMARA_PORT"]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as other:
        assert until(lambda: not instance.is_free("127.0.0.1", int(environment["BAMARA_PORT"])))
        run = Run(environment)
        assert run.process.wait(PATIENCE) == 1
        run._reader.join(PATIENCE)
        other.terminate()
    assert "est déjà pris" in run.printed
    assert not (run.home / "run" / "state.json").exists()
