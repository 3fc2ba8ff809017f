"""Who may do what on which account, and why not. Pure: the same answer refuses the request, greys the button, explains.

A hospital's manager acts on people who belong to that hospital alone; the national team acts on everyone (guide § 2.1:
« pour les personnes travaillant sur plusieurs hôpitaux, la demande sera traitée directement par l’équipe BNDMR »)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from app.accounts.approval.states import LIFE, Act, Reason, State

SiteKey = tuple[str, str]
"""(hospital's code, site's code)"""


@dataclass(frozen=True, slots=True)
class Decider:
    """Who acts: for the hospital where they work now, or for the nation (`hospital` None)."""

    id: str
    hospital: str | None
    entitled: bool = True

    @property
    def actor(self) -> str:
        return f"account:{self.id}"


@dataclass(frozen=True, slots=True)
class HeldRole:
    """`hospital` and `filiere` None: a role above hospitals."""

    name: str
    hospital: str | None = None
    filiere: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """An account as the rules see it. `locked`: after five wrong passwords; `factors`: stronger ones
    than mail; `test_sites`: those it enters, each with the hospital that it is a part of."""

    id: str
    state: State
    sites: frozenset[SiteKey] = frozenset()
    roles: frozenset[HeldRole] = frozenset()
    locked: bool = False
    factors: bool = False
    test_sites: Mapping[str, str] = field(default_factory=dict)

    @property
    def hospitals(self) -> frozenset[str | None]:
        """Where the account works or asks to; None stands for what is above hospitals."""
        return frozenset({hospital for hospital, _ in self.sites} | {role.hospital for role in self.roles})

    def belongs_to(self, hospital: str) -> bool:
        return hospital in self.hospitals

    def works_outside(self, hospital: str) -> bool:
        """A hospital's own test site is no other hospital."""
        return bool({self.test_sites.get(one or "", one) for one in self.hospitals} - {hospital})


@dataclass(frozen=True, slots=True)
class Allowed:
    """`becomes`: the state that the act leads to."""

    becomes: State


@dataclass(frozen=True, slots=True)
class Refused:
    reason: Reason


Verdict = Allowed | Refused


def may(decider: Decider, act: Act, subject: Subject) -> Verdict:
    """The first question that has an answer refuses."""
    for question in QUESTIONS:
        if reason := question(decider, act, subject):
            return Refused(reason)
    return Allowed(LIFE[act][subject.state])  # type: ignore[arg-type]  # a Reason was refused above


def may_have_sites(
    decider: Decider,
    subject: Subject,
    wanted: Collection[SiteKey],
    known: Collection[SiteKey],
    opened: Collection[SiteKey],
) -> Verdict:
    """Whether the account may keep exactly these sites among those the decider answers for. `known` are the sites of
    their perimeter, `opened` those that still receive people."""
    verdict = may(decider, Act.CHANGE_SITES, subject)
    if isinstance(verdict, Refused):
        return verdict
    kept = {site for site in subject.sites if decider.hospital not in (None, site[0])}
    for wrong, reason in (
        (set(wanted) - set(known), Reason.UNKNOWN_SITE),
        (set(wanted) - set(opened) - subject.sites, Reason.CLOSED_SITE),
        (not wanted and not kept and not _holds_another_role(subject), Reason.LAST_SITE),
    ):
        if wrong:
            return Refused(reason)
    return verdict


def _entitled(decider: Decider, act: Act, subject: Subject) -> Reason | None:
    return None if decider.entitled else Reason.NO_LONGER_ENTITLED


def _oneself(decider: Decider, act: Act, subject: Subject) -> Reason | None:
    """Hence the last manager, or the last of the national team, cannot shut themselves out."""
    return Reason.ONESELF if decider.id == subject.id else None


def _of_the_nation(decider: Decider, act: Act, subject: Subject) -> Reason | None:
    return Reason.NATION_ONLY if act in NATIONAL and decider.hospital is not None else None


def _state(decider: Decider, act: Act, subject: Subject) -> Reason | None:
    outcome = LIFE[act][subject.state]
    return outcome if isinstance(outcome, Reason) else None


def _reach(decider: Decider, act: Act, subject: Subject) -> Reason | None:
    """The other hospital is never named."""
    if decider.hospital is None or (act is Act.CHANGE_SITES and subject.state is not State.CONFIRMED):
        return None
    if not subject.works_outside(decider.hospital):
        return None
    return Reason.WORKS_ELSEWHERE if subject.state in (State.ACTIVE, State.SUSPENDED) else Reason.SEVERAL_HOSPITALS


def _particular(decider: Decider, act: Act, subject: Subject) -> Reason | None:
    match act:
        case Act.APPROVE if not subject.sites:
            return Reason.NO_SITE
        case Act.UNLOCK if not subject.locked:
            return Reason.NOT_LOCKED
        case Act.RESET_FACTORS if not subject.factors:
            return Reason.NO_FACTOR
        case _:
            return None


def _holds_another_role(subject: Subject) -> bool:
    return any(role.name != "clinician" for role in subject.roles)


NATIONAL = frozenset({Act.GRANT_ROLE, Act.WITHDRAW_ROLE})
QUESTIONS: tuple[Callable[[Decider, Act, Subject], Reason | None], ...] = (
    _entitled,
    _oneself,
    _of_the_nation,
    _state,
    _reach,
    _particular,
)
"""From what concerns the decider to what concerns this one act: the first reason is the one told."""
