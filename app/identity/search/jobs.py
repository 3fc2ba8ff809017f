"""The nightly job: one hospital at a time, on a queue of its own (the only RQ here). A job carries a code and nothing
else; it may run twice, or never: the next round asks again."""

from __future__ import annotations

import logging
from datetime import datetime

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.exceptions import DuplicateJobError
from rq.serializers import JSONSerializer

from app import clock
from app.config import Settings
from app.frame import PARIS
from app.identity.search import nightly
from app.tenants.bind import hospital_session
from app.tenants.directory import all_hospitals

QUEUE = "documents"
"""The workers' queue: a search takes its turn among the documents."""
NIGHT = (1, 5)
"""From one to five in the morning, in Paris."""
LONGEST_SECONDS = 3600

log = logging.getLogger(__name__)
_queue: Queue | None = None


def configure(settings: Settings) -> None:
    """Connects to nothing yet."""
    global _queue
    _queue = None
    if settings.redis_url:
        _queue = Queue(QUEUE, connection=Redis.from_url(settings.redis_url), serializer=JSONSerializer)


def ask_at_night(now: datetime | None = None) -> int:
    """Asks for the first hospital whose search is due; the others follow, one round each. How many were asked."""
    hour = (now or clock.now()).astimezone(PARIS).hour
    if not NIGHT[0] <= hour < NIGHT[1]:
        return 0
    for hospital in all_hospitals():
        with hospital_session(hospital.code) as session:
            due = nightly.is_due(session)
        if due:
            return ask(hospital.code)
    return 0


def ask(hospital_code: str) -> int:
    if _queue is None:
        return 0
    try:
        _queue.enqueue_call(
            search_hospital,
            args=(hospital_code,),
            timeout=LONGEST_SECONDS,
            result_ttl=0,
            failure_ttl=0,
            job_id=f"duplicates-{hospital_code}",
            unique=True,
            description=f"search {hospital_code}",
        )
    except DuplicateJobError:
        return 0
    except (RedisError, OSError) as failure:
        log.warning("the search of %s could not be asked: %s", hospital_code, type(failure).__name__)
        return 0
    return 1


def search_hospital(hospital_code: str) -> None:
    """The RQ job. A failure stays out of Redis, where its message would be kept."""
    try:
        found = nightly.search(hospital_code)
        log.info("searched %s: %d fiches, %d suggested", hospital_code, found.fiches, found.suggested)
    except Exception as failure:  # noqa: BLE001 - its message may name somebody
        log.error("the search of %s failed: %s", hospital_code, type(failure).__name__)
