"""B9 in full: every hostile file, in a process that tells what it opened, whom it called and what it took."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from app.config import ROOT
from tests.hostile_run import CORPORA

SECONDS, MEGABYTES = 2.0, 256


@pytest.mark.timeout(900)
@pytest.mark.parametrize("corpus", CORPORA)
def test_B9_no_file_is_read_nobody_called_and_each_gets_its_code(corpus: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile_run", corpus], capture_output=True, text=True, cwd=ROOT, check=True
    )
    told = json.loads(done.stdout)

    wanted = {f"{corpus}: {case}": code for case, (_, code) in CORPORA[corpus].items()}
    assert {case: answer for case, (answer, _) in told["answers"].items()} == wanted
    assert {case: lasted for case, (_, lasted) in told["answers"].items() if lasted >= SECONDS} == {}
    assert (told["opened"], told["connected"]) == ([], [])
    assert {case: most for case, most in told["megabytes"].items() if most >= MEGABYTES} == {}
