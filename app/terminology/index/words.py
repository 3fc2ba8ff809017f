"""The words that labels have, and the one that somebody meant by a word that none has."""

from __future__ import annotations

import string
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator

SHORTEST_REPAIRED = 4
"""Letters below which a word is left alone: too many others are one slip away."""


class Vocabulary:
    def __init__(self, texts: Iterable[str]) -> None:
        """`texts` are normed."""
        self._uses = Counter(word for text in texts for word in text.split())
        self._in_order = sorted(self._uses)

    def repaired(self, text: str) -> str:
        """The same text, each word that begins none of ours replaced by the most used of those one slip away."""
        return " ".join(self._meant(word) for word in text.split())

    def _meant(self, word: str) -> str:
        if len(word) < SHORTEST_REPAIRED or self._begins_one(word):
            return word
        known = [one for one in set(one_slip_away(word)) if one in self._uses]
        return max(known, key=lambda one: (self._uses[one], one), default=word)

    def _begins_one(self, word: str) -> bool:
        place = bisect_left(self._in_order, word)
        return place < len(self._in_order) and self._in_order[place].startswith(word)


def one_slip_away(word: str) -> Iterator[str]:
    """A letter left out, exchanged with the next, replaced, or added: about fifty words a letter."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
            yield before + after[1:2] + after[0] + after[2:]
        for letter in string.ascii_lowercase:
            yield before + letter + after[1:]
            yield before + letter + after
