"""The nightly job: one hospital at a time. It carries a code and nothing else; it may run twice, or never: the next
round asks again."""

from __future__ import annotations

import logging
from datetime import datetime

from app import clock, doorbell
from app.frame import PARIS
from app.identity.search import nightly
from app.tenants.bind import hospital_session
from app.tenants.directory import all_hospitals

NIGHT = (1, 5)
"""From one to five in the morning, in Paris."""
LONGEST_SECONDS = 3600

log = logging.getLogger(__name__)


def ask_at_night(now: datetime | None = None) -> bool:
    """Asks for the first hospital whose search is due; the others follow, one round each. Whether one was asked."""
    hour = (now or clock.now()).astimezone(PARIS).hour
    if not NIGHT[0] <= hour < NIGHT[1]:
        return False
    for hospital in all_hospitals():
        with hospital_session(hospital.code) as session:
            due = nightly.is_due(session)
        if due:
            return ask(hospital.code)
    return False


def ask(hospital_code: str) -> bool:
    """False when the doorbell is broken: the next round asks again."""
    return doorbell.ring(
        search_hospital, hospital_code, only_one=f"duplicates-{hospital_code}", seconds=LONGEST_SECONDS
    )


def search_hospital(hospital_code: str) -> None:
    """The RQ job. A failure stays out of Redis, where its message would be kept."""
    try:
        found = nightly.search(hospital_code)
        log.info("searched %s: %d fiches, %d suggested", hospital_code, found.fiches, found.suggested)
    except Exception as failure:  # noqa: BLE001 - its message may name somebody
        log.error("the search of %s failed: %s", hospital_code, type(failure).__name__)
