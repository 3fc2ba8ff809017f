"""The trigrams of texts, as numbers, many texts at once: those of PostgreSQL's pg_trgm, word by word, each word with
two blanks before it and one after."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

LETTERS = b" abcdefghijklmnopqrstuvwxyz0123456789"
BASE = len(LETTERS)
HOW_MANY = BASE**3
RANKS = np.zeros(256, np.int32)
RANKS[np.frombuffer(LETTERS, np.uint8)] = np.arange(BASE)

Numbers = NDArray[np.int32]


def trigrams_of(texts: Sequence[str]) -> tuple[Numbers, Numbers]:
    """(trigrams, rows), each pair once, sorted by trigram then by row: row r is the text `texts[r]`, folded."""
    padded = ["  " + text.replace(" ", "   ") + " " for text in texts]
    letters = RANKS[np.frombuffer("".join([*padded, "  "]).encode("ascii"), np.uint8)]
    rows = np.repeat(np.arange(len(texts)), [len(text) for text in padded])
    first, second, third = letters[:-2], letters[1:-1], letters[2:]
    inside_a_word = (second != 0) | (third != 0)
    numbers = (first * BASE + second) * BASE + third
    pairs = numbers[inside_a_word].astype(np.int64) * len(texts) + rows[inside_a_word]
    pairs.sort()  # and not np.unique, ten times slower on millions of numbers
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    return (pairs // len(texts)).astype(np.int32), (pairs % len(texts)).astype(np.int32)
