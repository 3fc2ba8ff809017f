"""A decision changes the account, the audit and the mail together, or nothing; and cuts what must be cut at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask, current_app

from app.accounts.approval import decide
from app.accounts.approval.decide import Done, NotThere, Outcome
from app.accounts.approval.roles import grant_role, withdraw_role
from app.accounts.approval.rules import Decider, HeldRole, Refused
from app.accounts.approval.sites import change_sites
from app.accounts.approval.states import Act, Reason
from app.tenants.hospital import Hospital
from tests.people_waiting import account, asks_for, events_of, letters_to, roles_of, sites_of
from tests.visitors import make_person, run


@pytest.fixture(autouse=True)
def _in_the_application(app: Flask) -> object:
    with app.test_request_context():
        yield


@pytest.fixture
def here(hospital: Hospital) -> Hospital:
    return hospital


@pytest.fixture
def there(open_hospital_for_test: Callable[..., Hospital]) -> Hospital:
    return open_hospital_for_test()


@pytest.fixture
def manager(here: Hospital) -> Decider:
    return Decider(make_person(here, f"gestionnaire.{here.code}@hopital.example", role="account_manager"), here.code)


@pytest.fixture
def nation(here: Hospital) -> Decider:
    return Decider(make_person(here, f"bndmr.{here.code}@hopital.example", role="bndmr", sites=()), None)


def test_an_accepted_request_opens_the_account_and_tells_the_person(here: Hospital, manager: Decider) -> None:
    asking = asks_for(here, "S001", "S002")
    assert decide.approve(manager, asking) == Done(asking)
    opened = account(asking)
    assert (opened.state, str(opened.decided_by)) == ("active", manager.id)
    assert roles_of(asking) == {("clinician", here.code)}
    assert letters_to(asking) == ["BaMaRa - Votre compte vient d'être activé"]
    assert events_of(asking) == [(Act.APPROVE.value, manager.actor, here.id)]


def test_a_request_is_accepted_once_whoever_presses_twice(here: Hospital, manager: Decider) -> None:
    asking = asks_for(here)
    outcomes = at_once(lambda: decide.approve(manager, asking), 8)
    assert sorted(map(str, outcomes)).count(str(Done(asking))) == 1
    assert outcomes.count(Refused(Reason.ALREADY_ACTIVE)) == 7
    assert len(letters_to(asking)) == 1


def test_a_refusal_is_mailed_with_its_reason_and_can_be_taken_back(here: Hospital, manager: Decider) -> None:
    asking = asks_for(here)
    assert decide.refuse(manager, asking, "Votre service n’a pas de site.") == Done(asking)
    assert account(asking).refusal_reason == "Votre service n’a pas de site."
    assert run("select text_body from control.outgoing_mail where recipient = :email", email=account(asking).email)[
        0
    ].text_body.count("Votre service n’a pas de site.")
    assert roles_of(asking) == set()
    assert decide.approve(manager, asking) == Done(asking)
    assert (account(asking).state, account(asking).refusal_reason) == ("active", None)


def test_the_confirmation_is_sent_again_and_the_former_link_dies(here: Hospital, manager: Decider) -> None:
    asking = asks_for(here, state="registered")
    decide.resend_confirmation(manager, asking)
    decide.resend_confirmation(manager, asking)
    assert letters_to(asking) == ["BaMaRa - Veuillez confirmer votre adresse email"] * 2
    live = run(
        "select count(*) as n from control.one_use_link where account_id = :id and expires_at > clock_timestamp()",
        id=asking,
    )
    assert live[0].n == 1


def test_a_suspension_cuts_everything_that_was_open(here: Hospital, manager: Decider) -> None:
    person = make_person(here, f"claire.{here.code}@hopital.example")
    leave_things_open(person)
    assert decide.suspend(manager, person) == Done(person)
    assert account(person).state == "suspended"
    assert what_is_open(person) == {"sessions": 0, "browsers": 0, "links": 0, "codes": 0}
    assert decide.reactivate(manager, person) == Done(person)
    assert what_is_open(person)["sessions"] == 0


def test_factors_are_erased_for_who_lost_them(here: Hospital, manager: Decider) -> None:
    person = make_person(here, f"claire.{here.code}@hopital.example")
    assert decide.reset_factors(manager, person) == Refused(Reason.NO_FACTOR)
    run(
        "insert into control.authenticator_app (account_id, sealed_secret, confirmed_at) values (:id, 'x', now())",
        id=person,
    )
    leave_things_open(person)
    assert decide.reset_factors(manager, person) == Done(person)
    assert run("select from control.authenticator_app where account_id = :id", id=person) == []
    assert what_is_open(person)["sessions"] == 0


def test_what_is_another_hospitals_does_not_exist(there: Hospital, manager: Decider) -> None:
    asking = asks_for(there)
    working = make_person(there, f"la.{there.code}@hopital.example")
    acts = (decide.approve, decide.resend_confirmation, decide.suspend, decide.unlock, decide.reset_factors)
    for act in acts:
        for person in (asking, working):
            assert act(manager, person) == NotThere()
    assert decide.refuse(manager, asking, "Une raison.") == NotThere()
    assert change_sites(manager, working, set()) == NotThere()
    assert (account(asking).state, account(working).state) == ("confirmed", "active")


def test_what_the_nation_opens_elsewhere_stands_in_no_hospitals_journal(
    here: Hospital, there: Hospital, nation: Decider
) -> None:
    """The journal of a hospital never names another one (C11)."""
    moved, raised = asks_for(here), asks_for(here)
    asks_for(there, "S007")
    decide.approve(nation, moved)
    decide.approve(nation, raised)
    assert change_sites(nation, moved, {(here.code, "S001"), (there.code, "S007")}) == Done(moved)
    assert grant_role(nation, raised, HeldRole("dim", there.code)) == Done(raised)
    assert events_of(moved)[-1] == (Act.CHANGE_SITES.value, nation.actor, None)
    assert events_of(raised)[-1] == (Act.GRANT_ROLE.value, nation.actor, None)


def test_of_somebody_of_two_hospitals_a_manager_changes_their_own_sites_alone(
    here: Hospital, there: Hospital, manager: Decider
) -> None:
    person = make_person(here, f"multi.{here.code}@hopital.example")
    make_person(there, f"multi.{here.code}@hopital.example", sites=("S101",))
    make_person(here, f"autre.{here.code}@hopital.example", sites=("S002",))
    assert decide.suspend(manager, person) == Refused(Reason.WORKS_ELSEWHERE)
    assert change_sites(manager, person, {(there.code, "S101")}) == Refused(Reason.UNKNOWN_SITE)
    assert change_sites(manager, person, {(here.code, "S002")}) == Done(person)
    assert sites_of(person) == {(here.code, "S002"), (there.code, "S101")}


def test_whoever_loses_the_last_site_of_a_hospital_loses_its_fiches_too(
    here: Hospital, there: Hospital, manager: Decider
) -> None:
    """A clinician without site would be one of the whole hospital."""
    person = make_person(here, f"multi.{here.code}@hopital.example")
    make_person(there, f"multi.{here.code}@hopital.example", sites=("S101",))
    leave_things_open(person)
    assert change_sites(manager, person, set()) == Done(person)
    assert roles_of(person) == {("clinician", there.code)}
    assert what_is_open(person)["sessions"] == 0


def test_the_last_site_is_kept(here: Hospital, manager: Decider) -> None:
    person = make_person(here, f"claire.{here.code}@hopital.example")
    assert change_sites(manager, person, set()) == Refused(Reason.LAST_SITE)
    assert sites_of(person) == {(here.code, "S001")}


def test_a_site_given_elsewhere_makes_a_clinician_there(here: Hospital, there: Hospital, nation: Decider) -> None:
    person = make_person(here, f"claire.{here.code}@hopital.example")
    make_person(there, f"autre.{there.code}@hopital.example", sites=("S101",))
    assert change_sites(nation, person, {(here.code, "S001"), (there.code, "S101")}) == Done(person)
    assert roles_of(person) == {("clinician", here.code), ("clinician", there.code)}


def test_two_people_who_suspend_each_other_do_not_both_succeed(here: Hospital, manager: Decider) -> None:
    other = Decider(make_person(here, f"autre.{here.code}@hopital.example", role="account_manager"), here.code)
    both = iter([lambda: decide.suspend(manager, other.id), lambda: decide.suspend(other, manager.id)])
    outcomes = at_once(lambda: next(both)(), 2)
    assert outcomes.count(Refused(Reason.NO_LONGER_ENTITLED)) == 1
    states = {account(manager.id).state, account(other.id).state}
    assert states == {"active", "suspended"}


def test_roles_are_given_and_taken_back_and_the_sessions_end(here: Hospital, nation: Decider) -> None:
    person = make_person(here, f"claire.{here.code}@hopital.example")
    role = HeldRole("account_manager", here.code)
    leave_things_open(person)
    assert grant_role(nation, person, role) == Done(person)
    assert what_is_open(person)["sessions"] == 0
    assert grant_role(nation, person, role) == Refused(Reason.ROLE_ALREADY_HELD)
    assert grant_role(nation, person, HeldRole("dim", "NULLEPART")) == Refused(Reason.UNKNOWN_ROLE)
    assert withdraw_role(nation, person, role) == Done(person)
    assert withdraw_role(nation, person, role) == Refused(Reason.ROLE_NOT_HELD)
    assert roles_of(person) == {("clinician", here.code)}
    assert [action for action, *_ in events_of(person)] == [Act.GRANT_ROLE.value, Act.WITHDRAW_ROLE.value]


def test_a_clinician_is_one_of_a_site(here: Hospital, nation: Decider) -> None:
    """Without site, the role would open the whole hospital."""
    person = make_person(here, f"dim.{here.code}@hopital.example", role="dim", sites=())
    assert grant_role(nation, person, HeldRole("clinician", here.code)) == Refused(Reason.CLINICIAN_WITHOUT_SITE)


def test_a_manager_gives_no_role_even_by_hand(here: Hospital, manager: Decider) -> None:
    person = make_person(here, f"claire.{here.code}@hopital.example")
    assert grant_role(manager, person, HeldRole("bndmr")) == Refused(Reason.NATION_ONLY)


def leave_things_open(person: str) -> None:
    run(
        "insert into control.web_session (id_hash, account_id, stage, data) values (:h, :id, 'signed_in', '{}')",
        h=key(person, "s"),
        id=person,
    )
    run(
        "insert into control.known_browser (token_hash, account_id, factor) values (:h, :id, 'mail')",
        h=key(person, "b"),
        id=person,
    )
    run(
        "insert into control.one_use_link (id, purpose, account_id, token_hash, expires_at)"
        " values (gen_random_uuid(), 'reset_password', :id, :h, now() + interval '1 hour')",
        h=key(person, "l"),
        id=person,
    )
    run(
        "insert into control.sign_in_code (id, account_id, session_hash, code_hash)"
        " values (gen_random_uuid(), :id, :h, :h)",
        h=key(person, "c"),
        id=person,
    )


def what_is_open(person: str) -> dict[str, int]:
    counts = run(
        """select
            (select count(*) from control.web_session where account_id = :id and ended_at is null) as sessions,
            (select count(*) from control.known_browser where account_id = :id) as browsers,
            (select count(*) from control.one_use_link
             where account_id = :id and used_at is null and expires_at > clock_timestamp()) as links,
            (select count(*) from control.sign_in_code where account_id = :id and used_at is null) as codes""",
        id=person,
    )
    return dict(counts[0]._mapping)


def key(person: str, what: str) -> bytes:
    return f"{what}{person}".encode()


def at_once(does: Callable[[], Outcome], times: int) -> list[Outcome]:
    """So many threads, released together, each in the application's context."""
    app, gate = current_app._get_current_object(), threading.Barrier(times)  # type: ignore[attr-defined]

    def one(_: int) -> Outcome:
        with app.test_request_context():
            gate.wait(60)
            return does()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))
