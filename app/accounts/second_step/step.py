"""Who is at the second step: after the password, or already in and asked to prove more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import redirect, session, url_for
from werkzeug.wrappers import Response

from app.accounts.factors.enrolled import read_enrolled
from app.accounts.factors.strength import Enrolled, Way, ways, ways_reaching
from app.accounts.sessions.current import this_session
from app.tenants.bind import shared_session

WANTED = "wanted_factor"
"""In the session of a person already in: the least they were asked to prove."""
PAGES: Mapping[Way, str] = {
    "passkey": "second_step.passkey",
    "app": "second_step.app",
    "mail": "second_step.code",
    "recovery": "second_step.recovery",
}


@dataclass(frozen=True, slots=True)
class Step:
    """`wanted` is None at a sign-in."""

    account_id: str
    enrolled: Enrolled
    wanted: str | None

    @property
    def ways(self) -> tuple[Way, ...]:
        return ways_reaching(self.enrolled, self.wanted) if self.wanted else ways(self.enrolled)

    def others(self, way: Way) -> tuple[Way, ...]:
        return tuple(other for other in self.ways if other != way)


def this_step() -> Step | None:
    """None when nothing is asked of this browser."""
    now = this_session()
    wanted = session.get(WANTED) if now.stage == "signed_in" else None
    if now.account_id is None or (now.stage != "password" and not wanted):
        return None
    with shared_session() as database:
        return Step(now.account_id, read_enrolled(database, now.account_id), wanted)


def at(way: Way) -> Callable[[Callable[[Step], Any]], Callable[[], Any]]:
    """The view of a way receives the step; elsewhere than at the second step, or when the way is not open to this
    person, it leads where they are expected."""

    def guarded(view: Callable[[Step], Any]) -> Callable[[], Any]:
        @wraps(view)
        def asked() -> Any:
            step = this_step()
            if step is None:
                return redirect(url_for("accounts.sign_in_page"))
            return view(step) if way in step.ways else to_first_way(step)

        return asked

    return guarded


def to_first_way(step: Step) -> Response:
    """The strongest; a person in who has none leads back to what they were asked for."""
    return redirect(url_for(PAGES[step.ways[0]] if step.ways else "second_step.demanded"))
