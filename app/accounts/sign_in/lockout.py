"""Five wrong passwords lock an address for half an hour, known or not; the last try is announced (C3, C4). Pure."""

from __future__ import annotations

from dataclasses import dataclass

TRIES = 5
LOCK_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Attempt:
    """`number` is the rank of this try since the last success; past TRIES it is not even read."""

    number: int

    @property
    def allowed(self) -> bool:
        return self.number <= TRIES

    @property
    def locks(self) -> bool:
        """A wrong password now locks, or is locked already."""
        return self.number >= TRIES

    @property
    def just_locked(self) -> bool:
        """This very try locks when it is wrong: one unlock letter, whatever comes at the same moment."""
        return self.number == TRIES

    @property
    def one_left(self) -> bool:
        return self.number == TRIES - 1
