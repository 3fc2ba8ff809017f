"""The time of a document: an HL7 TS with its zone, French time when it has none."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
FIRST_YEAR, LAST_YEAR = 1900, 2999


def moment(stated: str) -> datetime | None:
    """20240112154500+0100 → an aware datetime; 20240112 → midnight in Paris; None for no time, or an absurd one."""
    match = _MOMENT.fullmatch(stated.strip())
    if match is None:
        return None
    parts = zip(match.groups()[:6], _SMALLEST, strict=True)
    year, month, day, hour, minute, second = (int(part or smallest) for part, smallest in parts)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=_zone(match["zone"]))
    except ValueError:
        return None


def _zone(stated: str | None) -> timezone | ZoneInfo:
    if not stated:
        return PARIS
    if stated == "Z":
        return UTC
    digits = stated[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if stated[0] == "-" else offset)


_SMALLEST = (0, 1, 1, 0, 0, 0)
_MOMENT = re.compile(
    r"([0-9]{4})(?:([0-9]{2})(?:([0-9]{2})(?:([0-9]{2})(?:([0-9]{2})(?:([0-9]{2})(?:\.[0-9]{1,9})?)?)?)?)?)?"
    r"(?P<zone>Z|[+-][0-9]{2}:?(?:[0-9]{2})?)?"
)
