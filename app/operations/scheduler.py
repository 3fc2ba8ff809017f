"""The scheduler's process: what must happen again and again, as a table."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from app import clock, create_app
from app.accounts.factors import known_browsers
from app.accounts.let_in import see_out
from app.accounts.links.one_use import forget_old_links
from app.accounts.mail import outbox
from app.accounts.registration.forget import forget_unconfirmed
from app.accounts.registration.tell import tell_deciders
from app.accounts.sessions import rows as session_rows
from app.audit.seal import seal_all
from app.cda import jobs
from app.cda.answers.post import post_all
from app.cda.watch.threshold import tell_rejections
from app.config import current_settings
from app.fiches.impact.reports import Reporter
from app.fiches.lists import counts, saved
from app.fiches.missing import telling
from app.forms import drafts
from app.identity.search.jobs import Night
from app.operations import lifeline
from app.tenants.bind import shared_session
from app.terminology.embedded import take_in_what_is_missing
from app.works import jobs as works

BEAT = 1.0  # seconds
log = logging.getLogger(__name__)


@dataclass
class Duty:
    """`every` is in seconds; a duty that fails waits for its next turn."""

    does: Callable[[], object]
    every: float
    due_at: float = 0.0

    def round(self) -> None:
        if time.monotonic() >= self.due_at:
            lifeline.go_on(self.does, log)
            self.due_at = time.monotonic() + self.every


def forget_old_sessions() -> None:
    with shared_session() as session:
        session_rows.sweep(session)
        known_browsers.sweep(session)


def forget_old_letters() -> None:
    with shared_session() as session:
        outbox.sweep(session)


def care_for_requests() -> None:
    """Requests for accounts: links and requests too old are forgotten, those who decide are told what waits."""
    with shared_session() as session:
        forget_old_links(session)
        forget_unconfirmed(session)
        tell_deciders(session, current_settings().registration_mail, clock.now())


def duties() -> tuple[Duty, ...]:
    return (
        Duty(jobs.sweep, every=10),
        Duty(Night().go_on, every=5),
        Duty(post_all, every=30),
        Duty(works.sweep, every=15),
        Duty(tell_rejections, every=60),
        Duty(seal_all, every=15),
        Duty(forget_old_sessions, every=600),
        Duty(Reporter().advance, every=1),
        Duty(drafts.forget_old, every=86_400),
        Duty(saved.forget_old, every=86_400),
        Duty(counts.fold_all, every=300),
        Duty(forget_old_letters, every=3600),
        Duty(telling.tell_all, every=300),  # minutes of work after an upgrade, an empty question afterwards
        Duty(care_for_requests, every=300),
        Duty(see_out, every=3600),
        Duty(take_in_what_is_missing, every=86_400),  # seconds of work at the very first start, none afterwards
    )


def main() -> None:
    lifeline.tie()
    with create_app().app_context():
        lifeline.repeat(partial(_round, duties()), every=BEAT)
    lifeline.leave()


def _round(table: tuple[Duty, ...]) -> None:
    for duty in table:
        duty.round()


if __name__ == "__main__":
    main()
