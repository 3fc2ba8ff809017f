"""Which hospitals answer to what is typed: each word begins one of the hospital's words, accents apart. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MOST_SHOWN = 12

Named = tuple[str, str]
"""(code, name)"""


def find_hospitals(typed: str, hospitals: Iterable[Named]) -> list[Named]:
    """By name; those that begin as what is typed come first. All of them when nothing is typed."""
    asked = _words(typed)
    found = [(code, name) for code, name in hospitals if _answers(asked, _words(f"{code} {name}"))]
    return sorted(found, key=lambda one: (_words(one[1])[: len(asked)] != asked, _words(one[1]), one[0]))


def _answers(asked: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(start) for word in words) for start in asked)


def _words(text: str) -> list[str]:
    parted = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[a-z0-9]+", "".join(letter for letter in parted if not unicodedata.combining(letter)))
