"""B5, B6: the receiver, PostgreSQL, a worker, Valkey, the mailer, the scheduler killed again and again while a thousand
mails and files come by their channels: each is there once, each mail is answered once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.imap_server import imap_server
from tests.killed_run_channels import VICTIMS, conserved
from tests.make_run import Run, environment_of, until


@pytest.mark.timeout(3600)
def test_B6_five_hundred_mails_and_five_hundred_files_while_everybody_is_killed(tmp_path: Path) -> None:
    environment, folder = environment_of(tmp_path), tmp_path.resolve() / "depot"
    folder.mkdir()
    with imap_server() as server:
        run = Run(environment)
        try:
            assert until(lambda: "Ctrl-C" in run.printed)
            conserved(run, environment, server, folder, many=500, victims=VICTIMS * 3)
        finally:
            run.stop()
