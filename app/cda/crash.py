"""The steps of a document's journey, named, so that a drill can kill the process at each of them (promise B1)."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping

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
    "document.concluded",
    "batch.fiches",
    "batch.finished",
    "batch.journaled",
    "drain.settled",
    "drain.committed",
)

WAY_STEPS = (
    "envelope.unwrapped",
    "envelope.written",
    "mailbox.committed",
    "mailbox.moved",
    "folder.committed",
    "folder.moved",
    "answers.posted",
)
"""Those of what comes by a mailbox or a folder, or in a mail or an archive, and of the answers to mails."""

_fatal_step, _passages_left = "", 0


def arm(environ: Mapping[str, str]) -> None:
    """`BAMARA_CRASH_AT=<step>`, or `<step>:<n>` for its n-th passage. Honoured in mode test only."""
    global _fatal_step, _passages_left
    if environ.get("BAMARA_MODE") == "test":
        _fatal_step, _, passage = environ.get("BAMARA_CRASH_AT", "").partition(":")
        _passages_left = int(passage or 1)


def step(name: str) -> None:
    """The journey passes here. Does nothing, unless a drill asked for a crash at this step."""
    global _passages_left
    if name == _fatal_step:
        _passages_left -= 1
        if _passages_left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


arm(os.environ)
