"""How well a set of duplicates is found: the recall of the candidates, the precision and the recall of what is
suggested, beside the exact key (the IdMR: same name, given name, sex and date)."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from app.identity.search.linkage import scored_pairs
from app.identity.search.verdict import SUGGESTED_FROM, compare, is_suggested
from tests.duplicates import Set

LOWEST = -1000.0


@dataclass(frozen=True)
class Measured:
    """`gap` is the most that Splink's weight differs from ours; `found` and `found_by_key` are shares of the pairs."""

    recall: float
    precision: float
    found: float
    precision_of_key: float
    found_by_key: float
    candidates: int
    seconds: float
    gap: float


def measure(of: Set) -> Measured:
    by_id = {one.fiche_id: one for one in of.people}
    started = time.monotonic()
    scored = {(one, other): weight for one, other, weight in scored_pairs(of.people, LOWEST)}
    seconds = time.monotonic() - started
    heavy = [pair for pair, weight in scored.items() if weight >= SUGGESTED_FROM]
    suggested = {pair for pair in heavy if is_suggested(by_id[pair[0]], by_id[pair[1]])}
    by_key = _by_key(of)
    some = list(scored.items())[:2000]
    return Measured(
        len(of.pairs & scored.keys()) / len(of.pairs),
        len(suggested & of.pairs) / max(1, len(suggested)),
        len(suggested & of.pairs) / len(of.pairs),
        len(by_key & of.pairs) / max(1, len(by_key)),
        len(by_key & of.pairs) / len(of.pairs),
        len(scored),
        seconds,
        max(abs(weight - compare(by_id[one], by_id[other]).weight) for (one, other), weight in some),
    )


def first_of(whole: Set, pairs: int) -> Set:
    kept = set(sorted(whole.pairs)[:pairs])
    ids = {one for pair in kept for one in pair}
    return Set(tuple(one for one in whole.people if one.fiche_id in ids), frozenset(kept))


def _by_key(of: Set) -> set[tuple[str, str]]:
    same: dict[tuple[str | None, ...], list[str]] = defaultdict(list)
    for one in of.people:
        if one.family and one.given and one.born:
            same[one.family, one.given, one.sex, one.born].append(one.fiche_id)
    return {pair for ids in same.values() for pair in combinations(sorted(ids), 2)}
