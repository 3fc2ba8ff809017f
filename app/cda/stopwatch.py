"""The time of computation that one document may take (connected-mode 6)."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from app.cda.outcomes import Code, Rejection

CPU_SECONDS = 30
"""For one document, as for the opening of one mail or archive."""


@contextmanager
def cpu_limit(seconds: float) -> Iterator[None]:
    """Raises Rejection(E-SIZE) inside the block once it has used `seconds` of processor time. Works in the main
    thread, where signals are delivered; elsewhere the limits on size, depth and elements stand alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.signal(signal.SIGPROF, _too_long)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, former)


def _too_long(_: int, __: FrameType | None) -> None:
    raise Rejection(Code.SIZE, "Le traitement du document dépasse le temps de calcul admis.")
