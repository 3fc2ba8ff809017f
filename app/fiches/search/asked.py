"""What somebody typed in the search box: numbers, dates, names, in any order. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.fiches.names import pieces
from app.sdm.answers import IllTyped, PartialDate
from app.sdm.written_dates import parts_of

LONGEST_DATE = 3
"""Words: « 14 juillet 1977 »."""
MOST_PIECES = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """`number` is the whole text in one piece when it may be a number; `dates` are partial dates; `codes` the words
    with a figure that are no date; `names` the pieces of names, normalised."""

    number: str = ""
    dates: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def read_asked(text: str) -> Asked:
    words = text.split()
    dates: list[str] = []
    codes: list[str] = []
    names: list[str] = []
    while words:
        date, taken = _date_at_the_start(words)
        if date:
            dates.append(date)
        elif _has_figure(words[0]):
            codes.append(words[0].casefold())
        else:
            names += pieces(words[0])
        words = words[taken:]
    number = "".join(text.split()).casefold()
    return Asked(number if _has_figure(number) else "", tuple(dates), tuple(codes), tuple(names[:MOST_PIECES]))


def _date_at_the_start(words: Sequence[str]) -> tuple[str, int]:
    """(partial date, words it takes); ("", 1) when there is none."""
    for taken in range(min(LONGEST_DATE, len(words)), 0, -1):
        parts = parts_of(" ".join(words[:taken]))
        if parts:
            try:
                return PartialDate().read("-".join(part for part in reversed(parts) if part)), taken
            except IllTyped:
                continue
    return "", 1


def _has_figure(word: str) -> bool:
    return any(letter.isdigit() for letter in word)
