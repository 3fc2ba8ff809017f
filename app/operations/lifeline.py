"""What ties a process to the supervisor: asked to stop, it finishes what it holds; orphaned, it stops by itself.

The supervisor holds the other end of the process's standard input: the pipe closes when the supervisor dies, even of a
`kill -9`, on any system."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import NoReturn

GRACE = 5.0  # seconds between the orderly stop of an orphan and its end
TIED = "BAMARA_TIED"

stopping = threading.Event()


def tie() -> None:
    """Watches the supervisor. Does nothing for a process started by hand."""
    if os.environ.pop(TIED, None):
        threading.Thread(target=_end_with_the_supervisor, daemon=True, name="lifeline").start()


def repeat(work: Callable[[], object], every: float) -> None:
    """Calls `work` every so many seconds, until SIGTERM or SIGINT; a round under way is finished first."""
    for order in (signal.SIGTERM, signal.SIGINT):
        signal.signal(order, lambda *_: stopping.set())
    while not stopping.is_set():
        work()
        stopping.wait(every)


def leave() -> NoReturn:
    """Ends the process at once: nothing is left to do, and Python would spend seconds of a busy machine on tearing the
    application down, object by object."""
    logging.shutdown()
    sys.stdout.flush()
    os._exit(0)


def go_on(work: Callable[[], object], log: logging.Logger) -> None:
    """A round that fails is logged and forgotten: the next one may succeed."""
    try:
        work()
    except Exception:
        log.exception("round failed")


def _end_with_the_supervisor() -> None:
    while os.read(0, 1):  # unbuffered: a buffered reader holds a lock that the interpreter's end would trip over
        continue
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(GRACE)
    os._exit(1)
