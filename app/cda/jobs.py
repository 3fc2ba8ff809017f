"""The doorbell: PostgreSQL holds what there is to do, RQ says that there is something (connected-mode 4).

A job carries a hospital's code and nothing else. It may run twice, or never: `sweep` rings again for what still waits.
"""

from __future__ import annotations

import logging
import threading
import time

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer
from sqlalchemy.exc import SQLAlchemyError

from app.cda import crash, inbox
from app.cda.answers.post import post_answers
from app.config import Settings
from app.tenants.directory import all_hospitals

QUEUE = "documents"
BELL_SECONDS = 15
"""How long one ring is held for enough: the bound of a wake-up lost with Redis."""
TURN_SECONDS = 20
"""How long one hospital keeps a worker before the next one has its turn."""
STUCK_SECONDS = 600
"""After which a job is broken off: something holds it that it waits for."""
SHORT_TURN_SECONDS = 3
"""The same for the sweeper, which has other duties."""
PATIENCE_SECONDS = 0.25
"""How long a sender may wait for Redis: a lost bell costs a sweep, a slow one costs every acknowledgement."""

stopping = threading.Event()
"""Set when the worker is asked to stop: the job ends after its batch."""

log = logging.getLogger(__name__)
_queue: Queue | None = None


def configure(settings: Settings) -> None:
    """Connects to nothing yet. Without a Redis address there is no bell: the sweeper does the work."""
    global _queue
    _queue = None
    if settings.redis_url:
        bell = Redis.from_url(
            settings.redis_url, socket_timeout=PATIENCE_SECONDS, socket_connect_timeout=PATIENCE_SECONDS
        )
        _queue = Queue(QUEUE, connection=bell, serializer=JSONSerializer)


def ring(hospital_code: str) -> bool:
    """At most one job waits per hospital. Never raises; False when the bell is broken: the sweeper will see."""
    if _queue is None:
        return False
    try:
        if _queue.connection.set(bell_key(hospital_code), 1, nx=True, ex=BELL_SECONDS):
            _queue.enqueue_call(
                integrate_pending,
                args=(hospital_code,),
                timeout=STUCK_SECONDS,
                result_ttl=0,
                failure_ttl=0,
                description=f"integrate {hospital_code}",
            )
        return True
    except (RedisError, OSError) as failure:
        log.warning("the bell of %s is broken: %s", hospital_code, type(failure).__name__)
        return False


def bell_key(hospital_code: str) -> str:
    return f"bamara:bell:{hospital_code}"


def integrate_pending(hospital_code: str) -> None:
    """The RQ job."""
    _pick_up(hospital_code)
    crash.step("job.started")
    _take_a_turn(hospital_code, TURN_SECONDS)


def sweep() -> int:
    """Rings for every hospital that has pending rows; the number of those. When the bell is broken, integrates here:
    documents go on without Redis, more slowly."""
    waiting = [hospital.code for hospital in all_hospitals() if _has_pending(hospital.code)]
    for hospital_code in waiting:
        if not ring(hospital_code):
            _take_a_turn(hospital_code, SHORT_TURN_SECONDS)
    return len(waiting)


def _take_a_turn(hospital_code: str, seconds: float) -> None:
    """A failure stays out of Redis, where its message would be kept: the log says where, the sweeper tries again."""
    until = time.monotonic() + seconds
    try:
        inbox.drain(hospital_code, keep_going=lambda: not stopping.is_set() and time.monotonic() < until)
        post_answers(hospital_code)
        if inbox.has_pending(hospital_code) and not stopping.is_set():
            ring(hospital_code)
    except Exception:
        log.exception("the inbox of %s could not be drained", hospital_code)


def _has_pending(hospital_code: str) -> bool:
    """A hospital that cannot be read (being restored, on a server that is down) must not stop the others."""
    try:
        return inbox.has_pending(hospital_code)
    except SQLAlchemyError:
        log.exception("the inbox of %s could not be read", hospital_code)
        return False


def _pick_up(hospital_code: str) -> None:
    """From here on, a new document needs a new ring: this job may already have looked."""
    if _queue is None:
        return
    try:
        _queue.connection.delete(bell_key(hospital_code))
    except (RedisError, OSError):
        log.warning("the bell of %s could not be picked up", hospital_code)
