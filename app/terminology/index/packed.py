"""Many small texts in one piece of memory: a process holds hundreds of thousands of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np


class Packed:
    """A list of texts that never changes."""

    def __init__(self, texts: Sequence[str]) -> None:
        encoded = [text.encode() for text in texts]
        self._bytes = b"".join(encoded)
        self._ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, place: int) -> str:
        return self._bytes[self._ends[place] : self._ends[place + 1]].decode()

    def place_of(self, text: str) -> int | None:
        """Where a text stands among texts kept in alphabetical order."""
        place = bisect_left(self, text)  # a bisection asks for a length and for places
        return place if place < len(self) and self[place] == text else None
