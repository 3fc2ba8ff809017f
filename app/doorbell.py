"""The doorbell: PostgreSQL holds what there is to do, RQ says that there is something (connected-mode 4).

A job carries codes and opaque ids, nothing else. It may run twice, or never: whoever rings sweeps for what still waits.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.exceptions import DuplicateJobError
from rq.serializers import JSONSerializer

from app.config import Settings

QUEUE = "documents"
"""One queue, and the same workers, for documents, long works and the searches of the night: each takes short turns."""
BELL_SECONDS = 15
"""How long one ring is held for enough: the bound of a wake-up lost with Redis."""
STUCK_SECONDS = 600
"""After which a job is broken off: something holds it that it waits for."""
PATIENCE_SECONDS = 0.25
"""How long a sender may wait for Redis: a lost bell costs a sweep, a slow one costs every acknowledgement."""

log = logging.getLogger(__name__)
_queue: Queue | None = None


def configure(settings: Settings) -> None:
    """Connects to nothing yet. Without a Redis address there is no bell: the sweepers do the work."""
    global _queue
    _queue = None
    if settings.redis_url:
        patient = {"socket_timeout": PATIENCE_SECONDS, "socket_connect_timeout": PATIENCE_SECONDS}
        _queue = Queue(QUEUE, connection=Redis.from_url(settings.redis_url, **patient), serializer=JSONSerializer)


def ring(
    job: Callable[..., None],
    *args: str,
    bell: str | None = None,
    only_one: str | None = None,
    seconds: int = STUCK_SECONDS,
) -> bool:
    """Never raises; False when the doorbell is broken.

    `bell`: held for enough until the job picks it up, so that at most one waits. `only_one`: an id under which one job
    waits or runs at a time. `seconds`: after which the job is broken off.
    """
    if _queue is None:
        return False
    try:
        if bell is None or _queue.connection.set(key_of(bell), 1, nx=True, ex=BELL_SECONDS):
            _put(_queue, job, args, only_one, seconds)
    except DuplicateJobError:
        return True
    except (RedisError, OSError) as failure:
        log.warning("the doorbell is broken for %s: %s", job.__name__, type(failure).__name__)
        return False
    return True


def pick_up(bell: str) -> None:
    """From here on, what comes needs a new ring: this job may already have looked."""
    if _queue is None:
        return
    try:
        _queue.connection.delete(key_of(bell))
    except (RedisError, OSError) as failure:
        log.warning("the bell of %s could not be picked up: %s", bell, type(failure).__name__)


def key_of(bell: str) -> str:
    return f"bamara:bell:{bell}"


def _put(queue: Queue, job: Callable[..., None], args: tuple[str, ...], only_one: str | None, seconds: int) -> None:
    """Nothing is kept of what came of it: the message of a failure could name somebody."""
    alone: dict[str, Any] = {"job_id": only_one, "unique": True} if only_one else {}
    queue.enqueue_call(job, args=args, timeout=seconds, result_ttl=0, failure_ttl=0, description=job.__name__, **alone)
