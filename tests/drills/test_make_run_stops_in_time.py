"""`make run` stops within ten seconds on a machine that does nothing else: three times, on one demonstration."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.make_run import STOPS_WITHIN, Run, environment_of, until


@pytest.mark.timeout(900)
def test_everything_is_stopped_within_ten_seconds(tmp_path: Path) -> None:
    environment = environment_of(tmp_path)
    for order in (signal.SIGINT, signal.SIGTERM, signal.SIGINT):
        run = Run(environment)
        assert until(lambda run=run: "Ctrl-C" in run.printed)  # type: ignore[misc]
        assert run.stop(order) < STOPS_WITHIN
