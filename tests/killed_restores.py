"""A restore that dies on demand: `python -m tests.killed_restores FILE` forks one child per line of its input, each of
which restores the file until the function of that name, where it is killed. One line per child: {"signal"}."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from app.config import Settings
from app.operations.backup.restore import restore
from app.tenants import placement
from tests.killed_workers import live_each_line, signals_of

STEPS = (
    "app.operations.backup.tables.set_sequences",
    "app.operations.backup.restore._lost_documents",
    "app.operations.backup.traces.trace",
)
"""In the order in which a restore comes to them."""


def killed_at(settings: Settings, file: Path, steps: Sequence[str]) -> list[int]:
    return signals_of(settings, ["tests.killed_restores", str(file)], steps)


def main() -> None:
    settings, file = Settings.from_environment(), Path(sys.argv[1])
    placement.configure(settings)

    def live(step: str) -> None:
        try:
            with patch(step, lambda *_: os.kill(os.getpid(), signal.SIGKILL)):
                restore(file, settings.secret_key)
        finally:
            os._exit(0)

    live_each_line(live)


if __name__ == "__main__":
    main()
