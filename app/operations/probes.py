"""Does each service answer? Asked by the health pages, by the figures and by `doctor`."""

from __future__ import annotations

import logging

import redis
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.tenants.bind import shared_session

log = logging.getLogger(__name__)


def database_answers() -> bool:
    try:
        with shared_session() as session:
            session.execute(text("select 1 from hospital limit 1"))
    except SQLAlchemyError as error:
        log.warning("database does not answer", extra={"error": type(error).__name__})
        return False
    return True


def redis_answers(url: str) -> bool:
    """Within a second: a lost Redis must not slow a page down."""
    try:
        with redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1) as client:
            return bool(client.ping())
    except redis.exceptions.RedisError:
        return False
