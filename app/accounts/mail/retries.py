"""When a letter that did not leave is tried again, and when it is given up. Pure.

A mail server may be away for a night or a week-end; a code is worth nothing after a quarter of an hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

DAYS = timedelta(days=3)
LONGEST_WAIT = 900
LONGEST_WAIT_OF_A_CODE = 5


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Nobody answered, or not as a trusted mail server: every letter waits for the same reason."""

    error: str


@dataclass(frozen=True, slots=True)
class Deferred:
    """The server asks to try this letter later."""

    error: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The server will never take this letter."""

    error: str


Failure = Unreachable | Deferred | Refused


@dataclass(frozen=True, slots=True)
class TryAgain:
    seconds: int


@dataclass(frozen=True, slots=True)
class GiveUp:
    pass


def after(failure: Failure, *, attempts: int, age: timedelta, is_code: bool) -> TryAgain | GiveUp:
    """`attempts` counts this one; `age` runs since the letter was written."""
    if isinstance(failure, Refused) or age > DAYS:
        return GiveUp()
    longest = LONGEST_WAIT_OF_A_CODE if is_code else LONGEST_WAIT
    return TryAgain(min(2 ** min(attempts, 30), longest))
