"""The searches of a night: one hospital after the other, each in a process of its own. A job carries a code and nothing
else; it may run twice, or never: the next round asks again."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections import deque
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from app import clock, doorbell
from app.config import ROOT
from app.frame import PARIS
from app.identity.search import nightly
from app.identity.search.nightly import Standing
from app.tenants.bind import hospital_session
from app.tenants.directory import UnknownHospital, all_hospitals

NIGHT = (1, 5)
"""From one to five in the morning, in Paris."""
LONGEST_SECONDS = 1200
"""Many times what a hospital of 100 000 fiches takes."""
PATIENCE = timedelta(minutes=15)
"""How long a search that was asked for may take to begin: the workers may be busy."""

log = logging.getLogger(__name__)


class Night:
    """The round of the hospitals. `go_on`, called every few seconds, asks for the next search once the one before has
    ended, well or badly: a hospital has one turn a night."""

    def __init__(self) -> None:
        self.of: date | None = None
        self.waiting: deque[str] = deque()
        self.since = clock.now()

    def go_on(self, now: datetime | None = None) -> None:
        now = now or clock.now()
        here = now.astimezone(PARIS)
        if not NIGHT[0] <= here.hour < NIGHT[1]:
            return
        if self.of != here.date():
            self.of, self.since = here.date(), now
            self.waiting = deque(hospital.code for hospital in all_hospitals())
        while self.waiting and not _holds_the_turn(self.waiting[0], late=now - self.since > PATIENCE):
            self.waiting.popleft()
            self.since = now


def _holds_the_turn(hospital_code: str, *, late: bool) -> bool:
    """Asked for, or under way."""
    try:
        with hospital_session(hospital_code) as session:
            standing = nightly.standing(session, timedelta(seconds=LONGEST_SECONDS))
    except (SQLAlchemyError, UnknownHospital) as failure:
        log.error("the searches of %s could not be read: %s", hospital_code, type(failure).__name__)
        return False
    if standing is Standing.DUE and not late:
        ask(hospital_code)
        return True
    return standing is Standing.UNDER_WAY


def ask(hospital_code: str) -> None:
    """When the doorbell is broken, the next round asks again."""
    doorbell.ring(search_hospital, hospital_code, only_one=f"duplicates-{hospital_code}", seconds=LONGEST_SECONDS)


def search_hospital(hospital_code: str, environment: Mapping[str, str] | None = None) -> None:
    """The RQ job. The process takes hundreds of megabytes, more than a worker of documents may, and gives them back."""
    command = [sys.executable, "-m", "app.identity.search.alone", hospital_code]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        log.error("the search of %s failed: it ended with %d", hospital_code, done.returncode)
        nightly.note_failure(hospital_code, f"process ended with {done.returncode}")
