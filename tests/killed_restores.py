"""A restore that dies on demand: `python -m tests.killed_restores FILE` forks one child per line of its input, each of
which restores the file until the function of that name, where it is killed. One line per child: {"signal"}."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from app.config import ROOT, Settings
from app.operations.backup.restore import restore
from app.tenants import placement
from tests.killed_workers import environment_of, live_each_line

STEPS = (
    "app.operations.backup.tables.set_sequences",
    "app.operations.backup.restore._lost_documents",
    "app.operations.backup.traces.trace",
)
"""In the order in which a restore comes to them."""


def killed_at(settings: Settings, file: Path, steps: Sequence[str]) -> list[int]:
    """The signal that ended each child, 0 for one that came to its end."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.killed_restores", str(file)],
        input="\n".join(map(json.dumps, steps)),
        capture_output=True,
        text=True,
        env=environment_of(settings),
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line)["signal"] for line in done.stdout.splitlines()]


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
