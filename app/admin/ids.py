"""Ids as people may send them: what is no id at all is nobody's."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from app.clock import new_id

NOBODY = "00000000-0000-0000-0000-000000000000"


def as_id(given: object) -> str:
    try:
        return str(UUID(str(given)))
    except ValueError:
        return NOBODY


def once(given: object) -> str:
    """The id that a page gave to what it asks, so that a button pressed twice asks once; a new one without it."""
    asked = as_id(given)
    return new_id() if asked == NOBODY else asked


def ids_in(given: Iterable[str]) -> list[str]:
    """Each once, in their order."""
    return list(dict.fromkeys(as_id(one) for one in given))
