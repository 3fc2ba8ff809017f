"""D6: printing opens nothing, neither connection nor file, and leaves nothing behind: with no file descriptor left and
no byte to write, it prints all the same."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from app.config import ROOT
from app.paper.press import SHEETS

PRINT = """
import resource, sys
from tests.full_fiche import STAMP, full_fiche
from tests.printed import AT, bordereau_of, sheet_of
from app.paper import press

fiche = full_fiche()
fiche.patient.put("biobank", '#read("/etc/passwd") #image("http://a.example/a.png") #import "@p/a:0.1.0"', STAMP)
sheets = [("fiche", sheet_of(fiche)), ("bordereau", bordereau_of(fiche))]
for name, _ in sheets:
    press._sheet(name)  # our own sheets are read once, before the first fiche
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
try:
    open("/etc/hostname")
except OSError:
    sizes = [len(press.print_sheet(name, content, AT)) for name, content in sheets]
    print(*sizes)
"""


def test_a_sheet_is_printed_with_no_file_descriptor_left() -> None:
    done = subprocess.run([sys.executable, "-c", PRINT], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert all(int(size) > 10_000 for size in done.stdout.split())
    assert len(done.stdout.split()) == 2


FETCHES = re.compile(r"#?\b(import|include|read|image|plugin|eval|csv|yaml|toml|xml|bibliography|link|cbor)\s*[(\"@]")


@pytest.mark.parametrize("sheet", ["shared", "fiche", "bordereau"])
def test_our_sheets_ask_for_no_file_no_package_and_evaluate_nothing(sheet: str) -> None:
    assert FETCHES.findall((SHEETS / f"{sheet}.typ").read_text()) == []
