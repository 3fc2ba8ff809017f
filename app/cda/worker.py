"""The worker: one process that answers the bell (`python -m app.cda.worker`).

The application is loaded before the first job, and jobs run in the process itself: forking for each would cost more
than the job. What a job cannot do is bounded instead: time per turn, processor time per document, memory in all.
"""

from __future__ import annotations

import gc
import logging
import resource
import time
from typing import Any

import psutil
from redis import Redis
from redis.exceptions import RedisError
from rq import SimpleWorker
from rq.serializers import JSONSerializer

from app import create_app, doorbell
from app.cda import jobs

MOST_MEMORY = 250 * 1024 * 1024
"""Resident octets after which the worker leaves, to be started again: nothing is lost, the inbox is in PostgreSQL."""
MOST_ALLOCATED = 768 * 1024 * 1024
"""Octets that one document may make the process allocate (512 MiB, above what the application itself needs)."""
RECONNECT_SECONDS = 2

log = logging.getLogger(__name__)


class DocumentWorker(SimpleWorker):
    """Asked to stop, it finishes its batch, not its turn; too fat, it leaves after its job."""

    max_connection_wait_time = 5.0

    def handle_warm_shutdown_request(self) -> None:
        jobs.stopping.set()

    def execute_job(self, *args: Any, **kwargs: Any) -> None:
        super().execute_job(*args, **kwargs)
        if psutil.Process().memory_info().rss > MOST_MEMORY:
            log.info("worker over its memory: leaving to be started again")
            self._stop_requested = True


def main() -> None:
    """Runs until SIGTERM or SIGINT; comes back by itself when Redis does."""
    app = create_app()
    gc.freeze()  # what is loaded lives as long as the process: the collector need not go through it again
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_ALLOCATED, MOST_ALLOCATED))
    logging.getLogger("rq.worker").setLevel(logging.WARNING)
    with app.app_context():
        while not jobs.stopping.is_set():
            worked_until_asked = _work(app.config["SETTINGS"].redis_url)
            if worked_until_asked:
                break
            time.sleep(RECONNECT_SECONDS)


def _work(redis_url: str) -> bool:
    """False when Redis could not be reached or was lost: try again."""
    try:
        worker = DocumentWorker(
            [doorbell.QUEUE],
            connection=Redis.from_url(redis_url),
            serializer=JSONSerializer,
            log_job_description=False,
            worker_ttl=60,
        )
        worker.work(logging_level="WARNING")
    except RedisError as failure:
        log.warning("no bell: %s", type(failure).__name__)
        return False
    return worker._stop_requested or jobs.stopping.is_set()


if __name__ == "__main__":
    main()
