"""The time and the ids: one place, so that tests can hold them still."""

from __future__ import annotations

from datetime import UTC, datetime

from uuid_utils import uuid7


def now() -> datetime:
    return datetime.now(UTC)


def new_id() -> str:
    """A UUIDv7: ordered by time, made here so that any PostgreSQL will do."""
    return str(uuid7())
