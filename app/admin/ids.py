"""Ids as people may send them: what is no id at all is nobody's."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

NOBODY = "00000000-0000-0000-0000-000000000000"


def as_id(given: object) -> str:
    try:
        return str(UUID(str(given)))
    except ValueError:
        return NOBODY


def ids_in(given: Iterable[str]) -> list[str]:
    """Each once, in their order."""
    return list(dict.fromkeys(as_id(one) for one in given))
