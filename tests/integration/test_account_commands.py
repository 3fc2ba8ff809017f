"""Accounts from the command line leave their trace in the journal, as those of the consoles do."""

from __future__ import annotations

from flask import Flask

from app.tenants.hospital import Hospital
from tests.people_waiting import events_of
from tests.visitors import PASSWORD, run


def test_an_account_opened_or_unlocked_by_a_command_is_written_down(app: Flask, hospital: Hospital) -> None:
    email = f"dim.{hospital.code.lower()}@hopital.example"
    told = ["--name", "Ana Diaz", "--role", "dim", "--hospital", hospital.code, "--password", PASSWORD]
    for command in (["create", email, *told], ["unlock", email]):
        assert app.test_cli_runner().invoke(args=["users", *command]).exit_code == 0
    account_id = str(run("select id from control.account where email = :email", email=email)[0].id)
    assert events_of(account_id) == [
        ("account:create", "system", hospital.id),
        ("account:unlock", "system", None),
    ]
