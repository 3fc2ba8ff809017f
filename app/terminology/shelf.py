"""The terms of one terminology, in memory: the label of a code, what replaces it, and the search."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from app.terminology.concepts import Concept, Redirect
from app.terminology.index.fold import without_status
from app.terminology.index.packed import Packed
from app.terminology.index.ranked import Index, Mask
from app.terminology.systems import System

ITS_LABEL, OUT_OF_USE = 0.04, -0.15
"""What a text is worth for being the label rather than a synonym; for naming what is no longer used."""


@dataclass(frozen=True, slots=True)
class Hit:
    """`matched` is the other name that answered, "" for the label itself; `score` compares hits of one search."""

    code: str
    label: str
    lang: str
    kind: str
    active: bool
    selectable: bool
    matched: str
    score: float


class Shelf:
    """Made once from its concepts; nothing in it changes afterwards. `redirects` may lead from codes that are no
    concept any more; `postal` are (postal code, code of a commune)."""

    def __init__(
        self,
        system: System,
        concepts: Iterable[Concept],
        redirects: Iterable[tuple[str, Redirect]] = (),
        postal: Iterable[tuple[str, str]] = (),
    ) -> None:
        in_order = sorted(concepts, key=lambda concept: concept.code)
        self.system = system
        self._codes = Packed([one.code for one in in_order])
        self._labels = Packed([one.label for one in in_order])
        self._kinds = [one.kind for one in in_order]
        self._langs = [one.lang for one in in_order]
        self._active = np.array([one.active for one in in_order], bool)
        self._selectable = np.array([one.selectable for one in in_order], bool)
        self._redirects = {one.code: list(one.redirects) for one in in_order if one.redirects}
        for code, redirect in redirects:
            self._redirects.setdefault(code, []).append(redirect)
        self._texts = Packed([text for one in in_order for text in _texts(one)])
        self._biases = [bias for one in in_order for bias in _biases(one)]
        counts = [sum(1 for _ in _texts(one)) for one in in_order]
        self._owners = np.repeat(np.arange(len(in_order), dtype=np.int32), counts)
        self._first_texts = np.cumsum([0, *counts], dtype=np.int32)

        self._masks: dict[frozenset[str], Mask | None] = {}
        self._by_postal_code: dict[str, list[str]] = {}
        for postal_code, code in postal:
            self._by_postal_code.setdefault(postal_code, []).append(code)

    def __len__(self) -> int:
        return len(self._codes)

    def label_of(self, code: str) -> str:
        place = self._codes.place_of(code)
        return self._labels[place] if place is not None else ""

    def knows(self, code: str) -> bool:
        """Is it a code of this terminology, in use or not?"""
        return self._codes.place_of(code) is not None or code in self._redirects

    def find(self, code: str) -> Hit | None:
        place = self._codes.place_of(code)
        return self._hit(place, "", 0.0) if place is not None else None

    def redirects_of(self, code: str) -> Sequence[Redirect]:
        return self._redirects.get(code, ())

    def with_postal_code(self, postal_code: str) -> Sequence[str]:
        return self._by_postal_code.get(postal_code, ())

    def texts(self) -> Sequence[str]:
        """Every label and other name."""
        return [self._texts[place] for place in range(len(self._texts))]

    def prepare(self) -> None:
        """Makes the index now rather than at the first search."""
        self._index  # noqa: B018 - made by being asked for

    def search(self, asked: str, kinds: Collection[str], limit: int) -> list[Hit]:
        """The best terms of those kinds first, whether in use or not; no code is looked up."""
        found = self._index.search(asked, limit, self._among(frozenset(kinds)))
        return [self._hit(one.owner, self._other_name(one.owner, one.text), one.score) for one in found]

    @cached_property
    def _index(self) -> Index:
        return Index(self.texts(), self._owners, self._biases)

    def _among(self, kinds: frozenset[str]) -> Mask | None:
        if kinds not in self._masks:
            among = np.array([kind in kinds for kind in self._kinds], bool)
            self._masks[kinds] = None if among.all() else among[self._owners]
        return self._masks[kinds]

    def _other_name(self, place: int, text: int) -> str:
        return "" if text == self._first_texts[place] else self._texts[text]

    def _hit(self, place: int, matched: str, score: float) -> Hit:
        return Hit(
            self._codes[place],
            self._labels[place],
            self._langs[place],
            self._kinds[place],
            bool(self._active[place]),
            bool(self._selectable[place]),
            matched,
            score,
        )


def _texts(concept: Concept) -> Iterable[str]:
    """Its label first; then its other names."""
    return chain([without_status(concept.label)], (name.text for name in concept.names))


def _biases(concept: Concept) -> Iterable[float]:
    worth = concept.prior + (0.0 if concept.active else OUT_OF_USE)
    return chain([worth + ITS_LABEL], (worth for _ in concept.names))
