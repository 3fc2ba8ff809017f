"""The ways to read what was typed as words of names: exactly, or with slips. Pure.

« de la tour jean » may be DE, LA, TOUR and JEAN, or DELATOUR and JEAN: every way of cutting it is tried, among the
words that the hospital knows. A reading costs one for each word that is not known as it was typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.fiches.search.words import TOGETHER, joined, near_among, slips

Reading = tuple[tuple[str, ...], ...]
"""For each word of a name, the known words that it may be."""
SHORTEST = 3
"""Letters below which a slip is not looked for: every short word is near every other. One left out of a name of three
is, beside another word: « Leblanc oé »."""
MOST_READINGS = 24


def looked_up(names: Sequence[str]) -> set[str]:
    """What leads to the known words that are what was typed, or near it."""
    return {slip for word in joined(list(names)) for slip in slips(word) if slip}


def readings(names: Sequence[str], known: Iterable[str], cost: int) -> list[Reading]:
    """Those that cost that much and no less."""
    spans = _spans(names, frozenset(known))
    found = (reading for cut in _cuts(names) for reading in _read([spans[one] for one in cut], cost))
    return list(dict.fromkeys(found))[:MOST_READINGS]


def split(word: str, known: frozenset[str]) -> list[Reading]:
    """« martinclaire », « martinxclaire »: a space that was forgotten, or mistyped."""
    cuts = [(word[:at], word[at + gone :]) for at in range(2, len(word) - 1) for gone in (0, 1)]
    return [((one,), (other,)) for one, other in cuts if one in known and other in known]


def halves(word: str) -> set[str]:
    return {half for at in range(2, len(word) - 1) for half in (word[:at], word[at:], word[at + 1 :])}


Span = tuple[str, ...]
Known = tuple[tuple[str, ...], tuple[str, ...]]
"""(the word itself when it is known, the known words near it)."""


def _spans(names: Sequence[str], known: frozenset[str]) -> Mapping[Span, Known]:
    spans: dict[Span, Known] = {}
    for cut in _cuts(names):
        for span in cut:
            if span not in spans:
                word = "".join(span)
                near = _near(word, known, alone=len(cut) == 1)
                spans[span] = ((word,) if word in known else (), tuple(sorted(near)))
    return spans


def _near(word: str, known: Iterable[str], *, alone: bool) -> list[str]:
    near = [other for other in near_among(word, known) if other != word]
    if len(word) >= SHORTEST:
        return near
    return [] if alone else [other for other in near if len(other) == SHORTEST]


def _cuts(names: Sequence[str]) -> Iterator[list[Span]]:
    """Every way of putting together pieces that follow each other."""
    if not names:
        yield []
    for taken in range(1, min(TOGETHER, len(names)) + 1):
        for rest in _cuts(names[taken:]):
            yield [tuple(names[:taken]), *rest]


def _read(words: Sequence[Known], cost: int) -> Iterator[Reading]:
    """The readings of one cut that cost so much."""
    if not words:
        if cost == 0:
            yield ()
        return
    (exact, near), rest = words[0], words[1:]
    if exact:
        yield from ((exact, *others) for others in _read(rest, cost))
    if near and cost:
        yield from ((near, *others) for others in _read(rest, cost - 1))
