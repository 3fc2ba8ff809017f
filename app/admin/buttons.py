"""Each act as a button: open, or greyed with the reason that would refuse it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_login import current_user

from app.accounts.approval.rules import Decider, Refused, Subject, may
from app.accounts.approval.sentences import BUTTONS, sentence
from app.accounts.approval.states import Act
from app.accounts.approval.subject import decider_of


@dataclass(frozen=True, slots=True)
class Button:
    """`why_not` is empty when the act is open."""

    act: Act
    label: str
    why_not: str


PATHS = {
    Act.APPROVE: "acts.approve",
    Act.REFUSE: "acts.refuse",
    Act.RESEND: "acts.resend",
    Act.CHANGE_SITES: "acts.sites",
    Act.SUSPEND: "acts.suspend",
    Act.REACTIVATE: "acts.reactivate",
    Act.UNLOCK: "acts.unlock",
    Act.RESET_FACTORS: "acts.reset_factors",
    Act.GRANT_ROLE: "acts.grant",
    Act.WITHDRAW_ROLE: "acts.withdraw",
}
"""Act → the endpoint that does it."""


def buttons_of(subject: Subject, acts: Iterable[Act]) -> dict[Act, Button]:
    decider = decider_of(current_user)
    return {act: _button(decider, act, subject) for act in acts}


def _button(decider: Decider, act: Act, subject: Subject) -> Button:
    verdict = may(decider, act, subject)
    return Button(act, str(BUTTONS[act]), sentence(verdict.reason) if isinstance(verdict, Refused) else "")
