"""The doorbell of long works: the work is in PostgreSQL, RQ says that there is some. A job carries two ids."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer
from sqlalchemy.exc import SQLAlchemyError

from app.config import Settings
from app.tenants.bind import hospital_session
from app.tenants.directory import all_hospitals
from app.works.works import Runner, do_a_piece, unfinished

QUEUE = "documents"
"""Served by the same workers."""
TURN_SECONDS = 5
"""Then the documents that wait behind have their turn."""
STUCK_SECONDS = 600
PATIENCE_SECONDS = 0.25

log = logging.getLogger(__name__)
_queue: Queue | None = None
_runners: Mapping[str, Runner] = {}


def configure(settings: Settings, runners: Mapping[str, Runner]) -> None:
    """Connects to nothing yet. Without a Redis address the scheduler does the work."""
    global _queue, _runners
    _queue, _runners = None, runners
    if settings.redis_url:
        bell = Redis.from_url(
            settings.redis_url, socket_timeout=PATIENCE_SECONDS, socket_connect_timeout=PATIENCE_SECONDS
        )
        _queue = Queue(QUEUE, connection=bell, serializer=JSONSerializer)


def ring(hospital_code: str, work_id: str) -> bool:
    """Never raises; False when the bell is broken: the scheduler will see."""
    if _queue is None:
        return False
    try:
        _queue.enqueue_call(
            go_on,
            args=(hospital_code, work_id),
            timeout=STUCK_SECONDS,
            result_ttl=0,
            failure_ttl=0,
            description=f"long work {work_id}",
        )
    except (RedisError, OSError) as failure:
        log.warning("the bell of a long work is broken: %s", type(failure).__name__)
        return False
    return True


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
    for hospital in all_hospitals():
        try:
            with hospital_session(hospital.code) as session:
                waiting = unfinished(session)
        except SQLAlchemyError:
            log.exception("the long works of %s could not be read", hospital.code)
            continue
        for work_id in waiting:
            if not ring(hospital.code, work_id):
                work_for(hospital.code, work_id, TURN_SECONDS)
