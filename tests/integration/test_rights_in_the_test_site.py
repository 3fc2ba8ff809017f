"""The test site is entered by those who work in its hospital: its chefs de projet SI, and those whom they let in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from app.accounts.approval.decide import Done, suspend
from app.accounts.approval.roles import grant_role, withdraw_role
from app.accounts.approval.rules import Decider, HeldRole
from app.accounts.approval.sites import change_sites
from app.accounts.let_in import let_chefs_in, let_in, see_out
from app.admin.account_lines import one_account
from app.admin.perimeter import Perimeter
from app.structures.twin import open_twin
from app.tenants.bind import shared_session
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital
from tests.people_waiting import roles_of, sites_of
from tests.visitors import make_person


@pytest.fixture(autouse=True)
def _in_the_application(app: Flask) -> object:
    with app.test_request_context():
        yield


@pytest.fixture
def here(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    return open_hospital_for_test()


@pytest.fixture
def nation(here: Hospital) -> Decider:
    return Decider(make_person(here, f"bndmr.{here.code}@hopital.example", role="bndmr", sites=()), None)


PEOPLE = (("chef", "si_project"), ("claire", "clinician"))


def twin_with(here: Hospital, **guests: str) -> Hospital:
    twin = open_twin(find_hospital(here.code), by="system")
    with shared_session() as session:
        let_chefs_in(session, here, twin)
        for email in guests.values():
            assert let_in(session, here, twin, email, by="system")
    return twin


def test_whoever_leaves_the_hospital_leaves_its_test_site(here: Hospital, nation: Decider) -> None:
    email = f"claire.{here.code}@hopital.example"
    guest = make_person(here, email)
    twin = twin_with(here, guest=email)
    assert (twin.code, "S001") in sites_of(guest)
    change_sites(nation, guest, {(twin.code, "S001")})
    assert roles_of(guest) == set()
    assert sites_of(guest) == set()


def test_a_chef_who_is_one_no_more_is_a_guest_there_at_most(here: Hospital, nation: Decider) -> None:
    chef = make_person(here, f"chef.{here.code}@hopital.example", role="si_project")
    twin = twin_with(here)
    assert ("si_project", twin.code) in roles_of(chef)
    grant_role(nation, chef, HeldRole("clinician", here.code))
    withdraw_role(nation, chef, HeldRole("si_project", here.code))
    assert roles_of(chef) == {("clinician", here.code), ("clinician", twin.code)}
    withdraw_role(nation, chef, HeldRole("clinician", here.code))
    assert roles_of(chef) == set()
    assert {hospital for hospital, _ in sites_of(chef)} == {here.code}


def test_a_chef_named_later_enters_it_too(here: Hospital, nation: Decider) -> None:
    late = make_person(here, f"tard.{here.code}@hopital.example")
    twin = twin_with(here)
    assert roles_of(late) == {("clinician", here.code)}
    grant_role(nation, late, HeldRole("si_project", here.code))
    assert {("si_project", twin.code), ("clinician", twin.code)} <= roles_of(late)


def test_who_works_in_another_hospital_keeps_what_they_have_there(
    here: Hospital, nation: Decider, open_hospital_for_test: Callable[..., Hospital]
) -> None:
    there = open_hospital_for_test()
    email = f"deux.{here.code}@hopital.example"
    person = make_person(here, email)
    make_person(there, email)
    twin = twin_with(there, guest=email)
    change_sites(nation, person, {(there.code, "S001"), (twin.code, "S001")})
    assert roles_of(person) == {("clinician", there.code), ("clinician", twin.code)}


def test_the_test_site_of_a_hospital_is_not_elsewhere(here: Hospital) -> None:
    """Its manager goes on acting on the people whom it lets in."""
    chef = make_person(here, f"chef.{here.code}@hopital.example", role="si_project")
    manager = make_person(here, f"gestion.{here.code}@hopital.example", role="account_manager")
    twin_with(here)
    with shared_session() as session:
        line = one_account(session, Perimeter(here.code), chef)
    assert line is not None
    assert not line.elsewhere
    assert suspend(Decider(manager, here.code), chef) == Done(chef)


def test_rights_that_nothing_gives_any_more_are_taken_back(here: Hospital) -> None:
    """Whatever left them there: nobody has to be changed first."""
    chef, guest = (make_person(here, f"{who}.{here.code}@hopital.example", role=role) for who, role in PEOPLE)
    twin = twin_with(here)
    with shared_session() as session:
        assert let_in(session, here, twin, f"claire.{here.code}@hopital.example", by="system")
        for table in ("account_role", "account_site"):
            session.execute(
                text(f"delete from control.{table} where account_id = :id and hospital_id = :hospital"),
                {"id": guest, "hospital": here.id},
            )
    see_out()
    assert (roles_of(guest), sites_of(guest)) == (set(), set())
    assert {("si_project", twin.code), ("clinician", twin.code)} <= roles_of(chef)
