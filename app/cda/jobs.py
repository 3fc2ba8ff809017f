"""The job of the inbox: a worker takes the documents that wait in a hospital, turn by turn (connected-mode 4).

It carries the hospital's code and nothing else. `sweep` rings again for what still waits.
"""

from __future__ import annotations

import logging
import threading
import time

from app import doorbell
from app.cda import crash, inbox
from app.cda.answers.post import post_answers
from app.tenants.each import in_each

TURN_SECONDS = 20
"""How long one hospital keeps a worker before the next one has its turn."""
SHORT_TURN_SECONDS = 3
"""The same for the sweeper, which has other duties."""

stopping = threading.Event()
"""Set when the worker is asked to stop: the job ends after its batch."""

log = logging.getLogger(__name__)


def ring(hospital_code: str) -> bool:
    """At most one job waits per hospital. Never raises; False when the doorbell is broken: the sweeper will see."""
    return doorbell.ring(integrate_pending, hospital_code, bell=hospital_code)


def integrate_pending(hospital_code: str) -> None:
    """The RQ job."""
    doorbell.pick_up(hospital_code)
    crash.step("job.started")
    _take_a_turn(hospital_code, TURN_SECONDS)


def sweep() -> int:
    """Rings for every hospital that has pending rows; the number of those. When the bell is broken, integrates here:
    documents go on without Redis, more slowly."""
    pending = in_each(lambda hospital: inbox.has_pending(hospital.code))
    waiting = [hospital_code for hospital_code, has_pending in pending.items() if has_pending]
    for hospital_code in waiting:
        if not ring(hospital_code):
            _take_a_turn(hospital_code, SHORT_TURN_SECONDS)
    return len(waiting)


def _take_a_turn(hospital_code: str, seconds: float) -> None:
    """A failure stays out of Redis, where its message would be kept: the log says where, the sweeper tries again.
    Only a turn that is over rings for the next: a worker that found the hospital busy would find it so again at once,
    and do nothing else until the other one is done, who looks once more before it leaves."""
    until = time.monotonic() + seconds
    try:
        inbox.drain(hospital_code, keep_going=lambda: not stopping.is_set() and time.monotonic() < until)
        post_answers(hospital_code)
        if time.monotonic() >= until and not stopping.is_set() and inbox.has_pending(hospital_code):
            ring(hospital_code)
    except Exception:
        log.exception("the inbox of %s could not be drained", hospital_code)
