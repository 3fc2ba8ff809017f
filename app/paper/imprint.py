"""What each sheet says of itself: where it was printed, by whom, when. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Imprint:
    """`at` is a time with its zone; `when` the same, as it is read."""

    hospital: str
    site: str
    by: str
    at: datetime
    when: str
    test_site: bool = False
