"""A watched process: it comes back when it dies, later and later when it keeps dying, and leaves nobody behind."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

import psutil
import pytest

from app.operations import children
from app.operations.children import Child, stop_all
from app.operations.instance import ends_within

SLEEPS = "import time; time.sleep(60)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
)
PARENT = (
    f"import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', '{SLEEPS}']).pid, flush=True); {SLEEPS}"
)


def spawn(script: str) -> Callable[[], subprocess.Popen[bytes]]:
    return lambda: subprocess.Popen([sys.executable, "-c", script], start_new_session=True, stdout=subprocess.PIPE)


def child_of(script: str) -> Child:
    child = Child("child", spawn(script), lambda name, pid: None)
    child.start()
    return child


def close(child: Child) -> None:
    child.end()
    if child.process and child.process.stdout:
        child.process.stdout.close()


def first_line(child: Child) -> bytes:
    assert child.process
    assert child.process.stdout
    return child.process.stdout.readline()


def test_a_dead_process_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "SHORTEST_DELAY", 0.05)
    child = child_of(SLEEPS)
    assert child.process
    first = child.process
    first.kill()
    first.wait()
    deadline = time.monotonic() + 60
    while (child.process is None or child.process is first) and time.monotonic() < deadline:
        child.watch()
    assert first.stdout
    first.stdout.close()
    assert child.process
    assert child.process is not first
    assert child.process.poll() is None
    close(child)


@pytest.mark.parametrize(("failures", "delay"), [(0, 0.5), (1, 0.5), (2, 1), (3, 2), (5, 8), (50, 30)])
def test_it_comes_back_later_and_later(failures: int, delay: float) -> None:
    child = Child("child", spawn(SLEEPS), lambda name, pid: None, failures=failures)
    assert child._delay() == delay


def test_a_process_deaf_to_sigterm_is_killed_in_time() -> None:
    child = child_of(STUBBORN)
    assert first_line(child) == b"deaf\n"
    start = time.monotonic()
    stop_all([child], patience=0.3)
    assert time.monotonic() - start < 30
    assert child.process
    assert child.process.returncode == -9
    close(child)


def test_what_a_process_started_ends_with_it() -> None:
    child = child_of(PARENT)
    grandchild = psutil.Process(int(first_line(child)))
    stop_all([child], patience=5)
    assert ends_within(grandchild, 30)
    close(child)
