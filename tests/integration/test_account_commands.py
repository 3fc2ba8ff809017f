"""Accounts from the command line leave their trace in the journal, as those of the consoles do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.structures.sites import add_site
from app.tenants.hospital import Hospital
from tests.people_waiting import asks_for, events_of, roles_of
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


@pytest.mark.parametrize("state", ["registered", "confirmed", "refused", "suspended"])
def test_a_command_opens_no_account_that_awaits_a_decision_or_had_one(
    app: Flask, hospital: Hospital, state: str
) -> None:
    """A stranger may have asked with this address, and chosen its password."""
    email = f"{state}.{hospital.code.lower()}@hopital.example"
    asking = asks_for(hospital, state=state, email=email)
    told = ["--name", "Ana Diaz", "--role", "account_manager", "--hospital", hospital.code, "--password", PASSWORD]
    result = app.test_cli_runner().invoke(args=["users", "create", email, *told])
    assert (result.exit_code, roles_of(asking)) == (1, set())
    assert "en décider d’abord dans la console" in result.stderr


@pytest.mark.parametrize(("filiere", "exit_code"), [("CARDIOGEN", 0), (None, 1)], ids=["its own", "none"])
def test_a_referent_is_of_the_filiere_of_the_site_given(
    app: Flask, open_hospital_for_test: Callable[..., Hospital], filiere: str | None, exit_code: int
) -> None:
    hospital = open_hospital_for_test()
    add_site(hospital.code, "S300", "Cardiogénétique", "ccmr", filiere)
    email = f"referent.{hospital.code.lower()}@hopital.example"
    told = ["--name", "Ana Diaz", "--role", "filiere_referent", "--hospital", hospital.code, "--site=S300"]
    result = app.test_cli_runner().invoke(args=["users", "create", email, *told, "--password", PASSWORD])
    assert result.exit_code == exit_code, result.stderr
    roles = "select r.filiere from control.account_role r join control.account a on a.id = r.account_id"
    assert [row.filiere for row in run(f"{roles} where a.email = :email", email=email)] == [filiere] * (not exit_code)


@pytest.mark.parametrize("wrong", [["--role", "wizard"], ["--role", "dim", "--profession", "boulanger"]])
def test_a_word_outside_its_vocabulary_is_a_wrong_use(app: Flask, hospital: Hospital, wrong: list[str]) -> None:
    """As --kind and --state elsewhere: the words accepted are told, and nothing is made."""
    told = ["nobody@hopital.example", "--name", "Ana Diaz", "--hospital", hospital.code, "--password", PASSWORD]
    result = app.test_cli_runner().invoke(args=["users", "create", *told, *wrong])
    assert result.exit_code == 2
    assert "clinician" in result.stderr or "medecin" in result.stderr
