"""B6: PostgreSQL, Valkey, a worker, the web killed again and again during a thousand documents: each acknowledged one
is there, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.killed_run import VICTIMS, conserved
from tests.make_run import Run, environment_of, until


@pytest.mark.timeout(1800)
def test_B6_a_thousand_documents_while_everybody_is_killed(tmp_path: Path) -> None:
    environment = environment_of(tmp_path)
    run = Run(environment)
    try:
        assert until(lambda: "Ctrl-C" in run.printed)
        conserved(run, environment, documents=1000, victims=VICTIMS * 3)
    finally:
        run.stop()
