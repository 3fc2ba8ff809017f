"""How long a session still lives: fifteen minutes after its last use, twelve hours at the most (C6). Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """`can_stay`: using it would make it last longer."""

    seconds: int
    can_stay: bool


NOTHING_LEFT = TimeLeft(0, can_stay=False)


def time_left(idle_left: float, life_left: float) -> TimeLeft:
    """From the seconds left before it falls asleep, and before it is too old."""
    return TimeLeft(max(0, int(min(idle_left, life_left))), can_stay=idle_left < life_left)
