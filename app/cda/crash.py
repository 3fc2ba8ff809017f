"""The steps of a document's journey, named, so that a drill can kill the process at each of them (promise B1)."""

from __future__ import annotations

import os
import signal

STEPS = (
    "receive.stored",
    "receive.committed",
    "receive.rung",
    "job.started",
    "drain.locked",
    "drain.claimed",
    "drain.loaded",
    "document.opened",
    "document.parsed",
    "document.ruled",
    "document.journaled",
    "document.concluded",
    "drain.finished",
    "drain.settled",
    "drain.committed",
)


def _chosen() -> tuple[str, int]:
    """`BAMARA_CRASH_AT=<step>` or `<step>:<n>` (the n-th passage). Honoured in mode test only."""
    if os.environ.get("BAMARA_MODE") != "test":
        return "", 0
    step, _, passage = os.environ.get("BAMARA_CRASH_AT", "").partition(":")
    return step, int(passage or 1)


_STEP, _PASSAGE = _chosen()
_passed = 0


def step(name: str) -> None:
    """The journey passes here. Does nothing, unless a drill asked for a crash at this step."""
    global _passed
    if name == _STEP:
        _passed += 1
        if _passed == _PASSAGE:
            os.kill(os.getpid(), signal.SIGKILL)
