"""Who may do what on which account, and why not: one rule refuses the request, greys the button and explains.

Guide § 2.1: the hospital's account manager decides on requests for their hospital, the national team on those for
several hospitals."""

from __future__ import annotations

from itertools import product

import pytest

from app.accounts.approval.roles import stands
from app.accounts.approval.rules import Allowed, Decider, HeldRole, Refused, Subject, may, may_have_sites
from app.accounts.approval.sentences import BUTTONS, DONE, REASONS, STATES
from app.accounts.approval.states import LIFE, Act, Reason, State

MANAGER = Decider("manager", "H001")
NATION = Decider("bndmr", None)
HERE, ALSO_HERE, THERE = ("H001", "S001"), ("H001", "S002"), ("H002", "S101")
CLINICIAN_HERE = HeldRole("clinician", "H001")
FILIERE = HeldRole("filiere_referent", None, "ANDDI-RARES")


def somebody(state: State = State.CONFIRMED, *sites: tuple[str, str], **more: object) -> Subject:
    return Subject("somebody", state, frozenset(sites or (HERE,)), **more)  # type: ignore[arg-type]


def test_every_act_says_for_every_state_where_it_leads_or_why_not() -> None:
    assert set(LIFE) == set(Act)
    assert {act for act in Act if set(LIFE[act]) != set(State)} == set()


def test_every_reason_act_and_state_has_its_words() -> None:
    assert (set(REASONS), set(BUTTONS), set(DONE), set(STATES)) == (set(Reason), set(Act), set(Act), set(State))


def test_every_state_but_the_first_can_be_reached_and_every_reason_can_be_given() -> None:
    reached = {cell for row in LIFE.values() for cell in row.values() if isinstance(cell, State)}
    assert reached == set(State)  # registered: by a confirmation sent again


LEADS_TO = [
    (Act.APPROVE, State.CONFIRMED, State.ACTIVE),
    (Act.APPROVE, State.REFUSED, State.ACTIVE),
    (Act.REFUSE, State.CONFIRMED, State.REFUSED),
    (Act.RESEND, State.REGISTERED, State.REGISTERED),
    (Act.SUSPEND, State.ACTIVE, State.SUSPENDED),
    (Act.REACTIVATE, State.SUSPENDED, State.ACTIVE),
]


@pytest.mark.parametrize(("act", "before", "after"), LEADS_TO, ids=lambda value: str(value))
def test_an_act_leads_from_one_state_to_another(act: Act, before: State, after: State) -> None:
    assert may(MANAGER, act, somebody(before)) == Allowed(after)


WHY_NOT = [
    (Act.APPROVE, State.REGISTERED, Reason.NOT_CONFIRMED),
    (Act.APPROVE, State.ACTIVE, Reason.ALREADY_ACTIVE),
    (Act.APPROVE, State.SUSPENDED, Reason.IS_SUSPENDED),
    (Act.REFUSE, State.REFUSED, Reason.ALREADY_REFUSED),
    (Act.RESEND, State.CONFIRMED, Reason.ALREADY_CONFIRMED),
    (Act.SUSPEND, State.CONFIRMED, Reason.NOT_DECIDED),
    (Act.SUSPEND, State.SUSPENDED, Reason.ALREADY_SUSPENDED),
    (Act.UNLOCK, State.SUSPENDED, Reason.IS_SUSPENDED),
]


@pytest.mark.parametrize(("act", "state", "reason"), WHY_NOT, ids=lambda value: str(value))
def test_an_act_out_of_its_time_is_refused_with_its_reason(act: Act, state: State, reason: Reason) -> None:
    assert may(MANAGER, act, somebody(state)) == Refused(reason)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("state", State)
def test_nobody_decides_on_oneself_not_even_the_national_team(act: Act, state: State) -> None:
    for decider in (MANAGER, NATION):
        assert may(decider, act, Subject(decider.id, state, frozenset({HERE}))) == Refused(Reason.ONESELF)


@pytest.mark.parametrize("act", Act)
def test_who_lost_the_right_meanwhile_decides_nothing(act: Act) -> None:
    gone = Decider("manager", "H001", entitled=False)
    assert may(gone, act, somebody()) == Refused(Reason.NO_LONGER_ENTITLED)


@pytest.mark.parametrize("act", [Act.APPROVE, Act.REFUSE, Act.CHANGE_SITES])
def test_a_request_for_several_hospitals_is_the_national_teams(act: Act) -> None:
    request = somebody(State.CONFIRMED, HERE, THERE)
    assert may(MANAGER, act, request) == Refused(Reason.SEVERAL_HOSPITALS)
    assert isinstance(may(NATION, act, request), Allowed)


ELSEWHERE = [
    somebody(State.ACTIVE, HERE, THERE, locked=True, factors=True),
    somebody(State.ACTIVE, roles=frozenset({CLINICIAN_HERE, HeldRole("dim", "H002")}), locked=True, factors=True),
    somebody(State.ACTIVE, roles=frozenset({CLINICIAN_HERE, FILIERE}), locked=True, factors=True),
    somebody(State.ACTIVE, roles=frozenset({HeldRole("bndmr")}), locked=True, factors=True),
]


@pytest.mark.parametrize("subject", ELSEWHERE, ids=["site", "role", "filiere", "nation"])
def test_of_somebody_who_also_works_elsewhere_a_manager_changes_only_the_sites_of_their_hospital(
    subject: Subject,
) -> None:
    for act in (Act.SUSPEND, Act.UNLOCK, Act.RESET_FACTORS):
        assert may(MANAGER, act, subject) == Refused(Reason.WORKS_ELSEWHERE)
        assert isinstance(may(NATION, act, subject), Allowed)
    assert may_have_sites(MANAGER, subject, {ALSO_HERE}, {HERE, ALSO_HERE}, {HERE, ALSO_HERE}) == Allowed(State.ACTIVE)
    assert may_have_sites(MANAGER, subject, {THERE}, {HERE, ALSO_HERE}, {HERE}) == Refused(Reason.UNKNOWN_SITE)


def test_no_reason_given_to_a_manager_names_the_other_hospital() -> None:
    for subject, act in product(ELSEWHERE, Act):
        verdict = may(MANAGER, act, subject)
        assert not isinstance(verdict, Refused) or "H002" not in str(REASONS[verdict.reason])


@pytest.mark.parametrize("act", [Act.GRANT_ROLE, Act.WITHDRAW_ROLE])
def test_roles_are_the_national_teams(act: Act) -> None:
    assert may(MANAGER, act, somebody(State.ACTIVE)) == Refused(Reason.NATION_ONLY)
    assert may(NATION, act, somebody(State.ACTIVE)) == Allowed(State.ACTIVE)


def test_what_is_not_locked_is_not_unlocked_and_what_is_not_enrolled_is_not_erased() -> None:
    assert may(MANAGER, Act.UNLOCK, somebody(State.ACTIVE)) == Refused(Reason.NOT_LOCKED)
    assert may(MANAGER, Act.UNLOCK, somebody(State.ACTIVE, locked=True)) == Allowed(State.ACTIVE)
    assert may(MANAGER, Act.RESET_FACTORS, somebody(State.ACTIVE)) == Refused(Reason.NO_FACTOR)
    assert may(MANAGER, Act.RESET_FACTORS, somebody(State.ACTIVE, factors=True)) == Allowed(State.ACTIVE)


def test_a_request_without_site_is_not_accepted() -> None:
    assert may(NATION, Act.APPROVE, Subject("somebody", State.CONFIRMED)) == Refused(Reason.NO_SITE)


KNOWN = {HERE, ALSO_HERE}
SITES = [
    ("another one of the hospital", somebody(State.ACTIVE), {HERE, ALSO_HERE}, Allowed(State.ACTIVE)),
    ("none left", somebody(State.ACTIVE), set(), Refused(Reason.LAST_SITE)),
    ("none left here, one elsewhere", somebody(State.ACTIVE, HERE, THERE), set(), Allowed(State.ACTIVE)),
    (
        "none left, but another role",
        somebody(State.ACTIVE, roles=frozenset({HeldRole("account_manager", "H001")})),
        set(),
        Allowed(State.ACTIVE),
    ),
    ("of nowhere", somebody(State.ACTIVE), {("H001", "S999")}, Refused(Reason.UNKNOWN_SITE)),
    ("closed", somebody(State.ACTIVE), {HERE, ALSO_HERE}, Refused(Reason.CLOSED_SITE)),
    ("closed, already held", somebody(State.ACTIVE, ALSO_HERE), {ALSO_HERE}, Allowed(State.ACTIVE)),
    ("of a refused request", somebody(State.REFUSED), {HERE}, Refused(Reason.ALREADY_REFUSED)),
]


@pytest.mark.parametrize(("case", "subject", "wanted", "verdict"), SITES, ids=[case[0] for case in SITES])
def test_the_sites_that_an_account_may_have(case: str, subject: Subject, wanted: set, verdict: object) -> None:
    opened = {HERE} if "closed" in case else KNOWN
    assert may_have_sites(MANAGER, subject, wanted, KNOWN, opened) == verdict


ROLES = [
    (HeldRole("dim", "H001"), True),
    (HeldRole("dim"), False),
    (HeldRole("bndmr"), True),
    (HeldRole("bndmr", "H001"), False),
    (FILIERE, True),
    (HeldRole("filiere_referent"), False),
    (HeldRole("filiere_referent", None, "NULLE-PART"), False),
    (HeldRole("dim", "H001", "ANDDI-RARES"), False),
    (HeldRole("root"), False),
]


@pytest.mark.parametrize(("role", "does"), ROLES, ids=str)
def test_a_role_stands_where_it_means_something(role: HeldRole, does: bool) -> None:
    assert stands(role) is does
