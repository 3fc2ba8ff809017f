"""The problems of a fiche as the database keeps them, so that one may ask which fiches lack an item. Pure.

A mark is the name of an item that is missing (« birth_date »), or one that contradicts something, after a « ! »
(« !death_date »); a block that is missing is marked by its own name. The key of a fiche is a number made from its
marks: fiches that lack the same things share it, and are counted together.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

from app.fiches.quality import Located
from app.sdm.check import Problem

WRONG = "!"
NOTHING = 0
"""The key of a fiche that lacks nothing."""


def marks_of(problems: Iterable[Located]) -> tuple[str, ...]:
    """Each mark once, sorted."""
    return tuple(sorted({_mark(block, problem) for block, _, problem in problems}))


@lru_cache(maxsize=8192)
def key_of(marks: tuple[str, ...]) -> int:
    """Sixty-four bits, signed as PostgreSQL's bigint: two sets of marks out of billions would not share them."""
    if not marks:
        return NOTHING
    return int.from_bytes(blake2b(" ".join(marks).encode(), digest_size=8).digest(), signed=True) or 1


def item_of(mark: str) -> str:
    return mark.removeprefix(WRONG)


def _mark(block: str, problem: Problem) -> str:
    return f"{WRONG if problem.severity == 'incoherent' else ''}{problem.item or block}"
