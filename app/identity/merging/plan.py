"""What merging two fiches would do, and what has to be chosen (M1). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.fiches.record import BLOCK_LISTS, BlockRecord, Fiche
from app.identity.merging.pairs import Pair, pairs_of
from app.identity.merging.refusals import Borne, refuse
from app.identity.merging.suggest import Question, Side, Suggestion, suggest
from app.sdm.answers import Value
from app.sdm.definition import BLOCKS

WHOLE_BLOCK = "*"
Choices = Mapping[str, Side]
"""Key of a choice → the side to keep; what is not there is as suggested."""
NOWHERE = Borne()


@dataclass(frozen=True, slots=True)
class Choice:
    """Two answers, of which one stays. `item` is WHOLE_BLOCK for a block that is taken whole (R1)."""

    pair: Pair
    item: str
    suggestion: Suggestion

    @property
    def key(self) -> str:
        return f"{self.pair.kept.block}.{self.pair.kept.id}.{self.item}"


@dataclass(frozen=True, slots=True)
class Plan:
    """`filled` are the items that only the other fiche answers; `added` its blocks that the kept one has not."""

    kept: Fiche
    other: Fiche
    pairs: tuple[Pair, ...]
    choices: tuple[Choice, ...]
    filled: tuple[tuple[Pair, str], ...]
    same: tuple[tuple[Pair, str], ...]
    added: tuple[BlockRecord, ...]

    @property
    def suggested(self) -> dict[str, Side]:
        return {choice.key: choice.suggestion.side for choice in self.choices}


def plan(kept: Fiche, other: Fiche, borne: Borne = NOWHERE) -> Plan:
    """Raises MergeRefused."""
    refuse(kept, other, borne)
    return unite(kept, other)


def unite(kept: Fiche, other: Fiche) -> Plan:
    """Whatever they are: a merge that was made is played again, even if it would be refused now."""
    pairs = pairs_of(kept, other)
    paired = {pair.other.id for pair in pairs}
    return Plan(
        kept,
        other,
        tuple(pairs),
        tuple(choice for pair in pairs for choice in _choices(pair, kept, other)),
        tuple((pair, item) for pair in pairs if not pair.whole for item in _only_theirs(pair)),
        tuple((pair, item) for pair in pairs for item in _in_order(pair) if _agree(pair, item)),
        tuple(block for name in BLOCK_LISTS for block in other.every(name) if block.id not in paired),
    )


def _choices(pair: Pair, kept: Fiche, other: Fiche) -> Iterator[Choice]:
    if pair.whole:
        if pair.kept.answers != pair.other.answers:
            yield Choice(pair, WHOLE_BLOCK, _latest_sent(pair))
        return
    for item in _in_order(pair):
        if item in pair.kept.answers and item in pair.other.answers and not _agree(pair, item):
            question = Question(item, (kept, other), (pair.kept, pair.other))
            yield Choice(pair, item, suggest(question))


def _latest_sent(pair: Pair) -> Suggestion:
    """R1: the DPI replaces a block whole, so that the last one sent is the one it means."""
    kept, other = (_last_stamp(block) for block in (pair.kept, pair.other))
    if kept == other:
        return Suggestion("kept", "Rien ne les départage : le bloc de la fiche gardée est proposé.")
    return Suggestion("kept" if kept > other else "other", "Ce bloc est le dernier que le DPI a envoyé.")


def _last_stamp(block: BlockRecord) -> float:
    return max((datetime.fromisoformat(stamp.at).timestamp() for stamp in block.stamps.values()), default=0.0)


def _agree(pair: Pair, item: str) -> bool:
    ours, theirs = pair.kept.answers.get(item), pair.other.answers.get(item)
    return ours is not None and _spoken(ours) == _spoken(theirs)


def _spoken(value: Value | None) -> object:
    """A coded answer is its code: its label may have been written otherwise."""
    match value:
        case {"system": system, "code": code}:
            return system, code
        case list():
            return [_spoken(one) for one in value]
    return value


def _only_theirs(pair: Pair) -> list[str]:
    return [item for item in _in_order(pair) if item not in pair.kept.answers]


def _in_order(pair: Pair) -> list[str]:
    """The items that one of the two answers, in the order of the definition."""
    order = {item.name: place for place, item in enumerate(BLOCKS[pair.kept.block].items)}
    return sorted(pair.kept.answers | pair.other.answers, key=lambda name: (order.get(name, len(order)), name))
