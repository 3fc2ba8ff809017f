"""The job of a long work: the work is in PostgreSQL, a worker does some pieces of it at each turn."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from app import doorbell
from app.tenants.bind import hospital_session
from app.tenants.each import in_each
from app.tenants.hospital import Hospital
from app.works.works import Runner, do_a_piece, unfinished

TURN_SECONDS = 5
"""Then the documents that wait behind have their turn."""

_runners: Mapping[str, Runner] = {}


def configure(runners: Mapping[str, Runner]) -> None:
    """`runners`: by kind of work."""
    global _runners
    _runners = runners


def ring(hospital_code: str, work_id: str) -> bool:
    """Never raises; False when the doorbell is broken: the scheduler will see."""
    return doorbell.ring(go_on, hospital_code, work_id)


def go_on(hospital_code: str, work_id: str) -> None:
    """The RQ job: some pieces, then the next turn."""
    if work_for(hospital_code, work_id, TURN_SECONDS):
        ring(hospital_code, work_id)


def work_for(hospital_code: str, work_id: str, seconds: float) -> bool:
    """True when there is more to do."""
    until = time.monotonic() + seconds
    while more := do_a_piece(hospital_code, work_id, _runners):
        if time.monotonic() >= until:
            break
    return more


def sweep() -> None:
    """The scheduler's: works that nobody has, because a worker died or Redis was away."""
    for hospital_code, waiting in in_each(_waiting).items():
        for work_id in waiting:
            if not ring(hospital_code, work_id):
                work_for(hospital_code, work_id, TURN_SECONDS)


def _waiting(hospital: Hospital) -> Sequence[str]:
    with hospital_session(hospital.code) as session:
        return unfinished(session)
