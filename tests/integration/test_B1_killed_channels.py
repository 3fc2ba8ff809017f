"""B1, B7: whatever comes by a mailbox or a folder is there once, wherever its receiver and its worker were killed."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.config import Settings
from app.tenants.hospital import Hospital
from tests.imap_server import imap_server
from tests.killed_channels import conserved
from tests.receiving import receiving_hospital


@pytest.mark.timeout(300)
def test_mails_and_files_whose_processes_are_killed_at_random_steps_come_in_once(
    app: Flask, database: Settings, open_hospital_for_test: Callable[..., Hospital], tmp_path: Path
) -> None:
    hospital = receiving_hospital(open_hospital_for_test)
    with imap_server() as server, app.app_context():
        assert conserved(database, hospital, server, tmp_path.resolve(), many=10, chance=random.Random(5)) >= 3
