"""One watched process: started, restarted with a growing delay when it dies, stopped with all it started."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

SHORTEST_DELAY, LONGEST_DELAY = 0.5, 30.0  # seconds
STEADY = 60.0  # seconds of life after which the failures are forgotten
log = logging.getLogger(__name__)


@dataclass
class Child:
    """`spawn` returns at once; `on_spawn` is told each new process."""

    name: str
    spawn: Callable[[], subprocess.Popen[bytes]]
    on_spawn: Callable[[str, int], None]
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started_at: float = field(default=0.0)

    def start(self) -> None:
        self.process = self.spawn()
        self.started_at = time.monotonic()
        self.on_spawn(self.name, self.process.pid)

    def watch(self) -> None:
        """Called several times a second."""
        if self.process and self.process.poll() is not None:
            self._bury(self.process)
        if not self.process and time.monotonic() - self.started_at >= self._delay():
            self._start_again()

    def ask_to_stop(self) -> None:
        if self.process:
            _signal(self.process.send_signal, signal.SIGTERM)

    def end(self) -> None:
        """Kills what is left of the process and of those it started."""
        if self.process:
            end_group(self.process)

    def _bury(self, process: subprocess.Popen[bytes]) -> None:
        lived = time.monotonic() - self.started_at
        self.failures = 1 if lived > STEADY else self.failures + 1
        log.warning("process ended", extra={"child": self.name, "code": process.returncode, "lived": round(lived, 1)})
        end_group(process)
        self.process, self.started_at = None, time.monotonic()

    def _delay(self) -> float:
        return min(SHORTEST_DELAY * 2 ** max(self.failures - 1, 0), LONGEST_DELAY)

    def _start_again(self) -> None:
        try:
            self.start()
        except Exception:  # a full disk, a missing program: try again later rather than bring everything down
            log.exception("process does not start", extra={"child": self.name})
            self.failures, self.started_at = self.failures + 1, time.monotonic()


def stop_all(children: Sequence[Child], patience: float) -> None:
    """All are asked at once, then waited for together, for `patience` seconds at most."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + patience
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            if child.process:
                child.process.wait(max(0.0, deadline - time.monotonic()))
        child.end()


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Each process leads a session of its own: its group is itself and what it started (granian's workers)."""
    _signal(lambda order: os.killpg(process.pid, order), signal.SIGKILL)
    process.wait()


def _signal(send: Callable[[int], None], order: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        send(order)
