"""Eight ways of typing a label badly, with a drawn lot each (formats.md §4): the measure of a search."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from random import Random

from app.terminology.index.fold import core, norm

Distortion = Callable[[str, Random], str]


def folded(label: str, draw: Random) -> str:
    return norm(label)


def first_half(label: str, draw: Random) -> str:
    whole = norm(label)
    return whole[: max(4, len(whole) // 2)].strip()


def one_typo(label: str, draw: Random) -> str:
    return _typo(norm(label), draw)


def two_typos(label: str, draw: Random) -> str:
    return _typo(one_typo(label, draw), draw)


def three_keywords(label: str, draw: Random) -> str:
    return " ".join(_keywords(label, draw))


def truncated_last_keyword(label: str, draw: Random) -> str:
    *first, last = _keywords(label, draw)
    return " ".join([*first, last[: max(3, (len(last) + 1) // 2)]])


def typo_and_truncation(label: str, draw: Random) -> str:
    return _typo(truncated_last_keyword(label, draw), draw)


def reversed_keywords(label: str, draw: Random) -> str:
    return " ".join(reversed(_keywords(label, draw)))


DISTORTIONS: Mapping[str, Distortion] = {
    "folded": folded,
    "first half": first_half,
    "one typo": one_typo,
    "three keywords": three_keywords,
    "truncated last keyword": truncated_last_keyword,
    "typo and truncation": typo_and_truncation,
    "reversed keywords": reversed_keywords,
    "two typos": two_typos,
}


def _keywords(label: str, draw: Random) -> list[str]:
    words = core(norm(label)).split()
    return [words[place] for place in sorted(draw.sample(range(len(words)), min(3, len(words))))]


def _typo(text: str, draw: Random) -> str:
    """A letter replaced, left out, added, or exchanged with the next one; never the first letter of all."""
    place, letter = draw.randrange(1, max(len(text), 2)), draw.choice(string.ascii_lowercase)
    before, here, after = text[:place], text[place : place + 1], text[place + 1 :]
    slips = (
        before + letter + after,
        before + after,
        before + letter + here + after,
        before + after[:1] + here + after[1:],
    )
    return draw.choice(slips)
