"""The texts of one terminology, found by their trigrams, the rarest counting most (formats.md §4).

What is asked is compared with every text at once: how much of it the text covers, how much they share; the best are
then looked at letter by letter. About one millisecond for two hundred thousand texts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.terminology.index.fold import asked_core, core, norm
from app.terminology.index.packed import Packed
from app.terminology.index.trigrams import HOW_MANY, Numbers, trigrams_of
from app.terminology.index.words import Vocabulary

COVERAGE, SHARED = 0.65, 0.35
WHOLE, BEGINNING, BEGINNING_OF_A_WORD = 0.5, 0.25, 0.15
FAR = 0.4
"""Share of what the nearest text has in common with what is asked, under which a text is not looked at."""
LOOKED_AT = 80
"""Texts looked at letter by letter: several may be of one term."""
SHORTEST = 3
"""Letters below which a slip is not looked for."""
DOUBT = 0.05
"""What is lost by a text that answers what was probably meant rather than what was typed."""
TOO_LITTLE = 0.2
"""Share of what is asked, under which a text does not answer it."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Found:
    """`owner` is the place of the term, `text` that of the text that answered; the greater `score`, the better."""

    owner: int
    text: int
    score: float


class Index:
    """`texts` are shown texts, `owners` the term of each, `biases` what each is worth before anything is asked."""

    def __init__(
        self, texts: Sequence[str], owners: Sequence[int] | NDArray[np.int32], biases: Sequence[float]
    ) -> None:
        norms = [norm(text) for text in texts]
        self.owners = np.array(owners, np.int32)
        self._biases = np.array(biases, np.float32)
        self._norms = Packed(norms)
        self._vocabulary = Vocabulary(norms)
        self._in_order = np.array(sorted(range(len(norms)), key=norms.__getitem__), np.int32)
        trigrams, self._rows = trigrams_of([core(one) for one in norms])
        self._starts = np.searchsorted(trigrams, np.arange(HOW_MANY + 1)).astype(np.int32)
        frequency = np.diff(self._starts)
        self._rarity = np.log1p(len(texts) / np.maximum(frequency, 1)).astype(np.float32)
        self._weights = np.bincount(self._rows, self._rarity[trigrams], len(texts)).astype(np.float32)

    def search(self, asked: str, limit: int, allowed: Mask | None = None) -> list[Found]:
        """The best text of each of the best terms. `allowed` says of each text whether it may answer."""
        wanted = norm(asked)
        if not wanted or not len(self._norms):
            return []
        best: dict[int, tuple[float, int, int]] = {}
        for text, score in self._candidates(wanted, allowed):
            owner, length = int(self.owners[text]), len(self._norms[text])
            best[owner] = max(best.get(owner, (-1.0, 0, 0)), (score, -length, text))
        in_order = sorted(best.items(), key=lambda one: one[1], reverse=True)[:limit]
        return [Found(owner, text, score) for owner, (score, _, text) in in_order]

    def _candidates(self, wanted: str, allowed: Mask | None) -> Iterator[tuple[int, float]]:
        yield from self._near(wanted, allowed)
        if " " not in wanted:
            yield from self._beginning(wanted, allowed)
        if len(wanted) >= SHORTEST and (meant := self._vocabulary.repaired(wanted)) != wanted:
            yield from ((text, score - DOUBT) for text, score in self._near(meant, allowed))

    def _near(self, wanted: str, allowed: Mask | None) -> Iterator[tuple[int, float]]:
        key = asked_core(wanted)
        trigrams, _ = trigrams_of([key])
        common = self._in_common(trigrams)
        asked = self._rarity[trigrams].sum()
        near = np.flatnonzero(common > max(FAR * common.max(), TOO_LITTLE * asked))
        if allowed is not None:
            near = near[allowed[near]]
        shared = common[near]
        scores = COVERAGE * shared / asked + SHARED * shared / (asked + self._weights[near] - shared)
        for text, score in _greatest(near, scores + self._biases[near]):
            yield text, score + _letter_by_letter(wanted, key, self._norms[text])

    def _in_common(self, trigrams: Numbers) -> NDArray[np.float64]:
        """What each text shares with what is asked: the rarities of their common trigrams, added."""
        rows = [self._rows[self._starts[one] : self._starts[one + 1]] for one in trigrams]
        rarities = np.repeat(self._rarity[trigrams], [len(some) for some in rows])
        return np.bincount(np.concatenate(rows), rarities, len(self._norms)).astype(np.float64)

    def _beginning(self, wanted: str, allowed: Mask | None) -> Iterator[tuple[int, float]]:
        """One or two letters have hardly a trigram, and « syndrome » has none: every label bears it."""
        first = bisect_left(self._in_order, wanted, key=lambda text: self._norms[text])
        past = bisect_left(self._in_order, wanted + "~", key=lambda text: self._norms[text])
        begin = self._in_order[first:past]
        if allowed is not None:
            begin = begin[allowed[begin]]
        for text, score in _greatest(begin, self._biases[begin] + BEGINNING):
            yield text, score + _letter_by_letter(wanted, wanted, self._norms[text])


def _greatest(texts: NDArray, scores: NDArray) -> Iterator[tuple[int, float]]:
    kept = min(LOOKED_AT, len(texts))
    for place in np.argpartition(scores, -kept)[-kept:] if kept else ():
        yield int(texts[place]), float(scores[place])


def _letter_by_letter(wanted: str, key: str, text: str) -> float:
    bare = core(text)
    if text == wanted or bare == key:
        return WHOLE
    if text.startswith(wanted) or bare.startswith(key):
        return BEGINNING
    return BEGINNING_OF_A_WORD if f" {key}" in f" {bare}" else 0.0
