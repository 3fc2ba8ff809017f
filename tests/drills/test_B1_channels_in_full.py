"""B1, B7: a thousand receptions by a mailbox and a folder, their processes killed at random steps until all is in."""

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


@pytest.mark.timeout(3600)
def test_B1_five_hundred_mails_and_five_hundred_files(
    app: Flask, database: Settings, open_hospital_for_test: Callable[..., Hospital], tmp_path: Path
) -> None:
    hospital, chance = receiving_hospital(open_hospital_for_test), random.Random()
    with imap_server() as server, app.app_context():
        killed = conserved(database, hospital, server, tmp_path.resolve(), many=500, chance=chance)
    assert killed >= 20
