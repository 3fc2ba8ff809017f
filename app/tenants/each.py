"""The same work in each hospital: one that cannot be read (being restored, on a server that is down) stops no other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from app.tenants.directory import all_hospitals
from app.tenants.hospital import Hospital

log = logging.getLogger(__name__)
T = TypeVar("T")


def in_each(work: Callable[[Hospital], T], among: Iterable[Hospital] | None = None) -> dict[str, T]:
    """Code → what the work gave, for those of the hospitals (by default all) in which it could be done. Raises
    SQLAlchemyError when the directory itself cannot be read."""
    done: dict[str, T] = {}
    for hospital in all_hospitals() if among is None else among:
        try:
            done[hospital.code] = work(hospital)
        except SQLAlchemyError as failure:
            log.error("%s could not be read: %s", hospital.code, type(failure).__name__)
    return done
