"""What is missing or incoherent in a complementary collection: its own state, never that of the fiche. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from app.recueils.model import Edition
from app.sdm.answers import Value
from app.sdm.check import Problem, check_block
from app.sdm.view import Context

State = Literal["empty", "incomplete", "to_correct", "complete"]

STATE_LABELS: Mapping[State, str] = {
    "empty": "non commencé",
    "incomplete": "à compléter",
    "to_correct": "à corriger",
    "complete": "complet",
}


class Instance(NamedTuple):
    """One block that was filled: its name, its id, its answers."""

    block: str
    id: str
    answers: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Completeness:
    """`problems` are those of each instance, by its id; `lacking` the blocks that what was filled calls for."""

    state: State
    problems: Mapping[str, tuple[Problem, ...]]
    lacking: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return len(self.lacking) + sum(map(len, self.problems.values()))


def assess_recueil(edition: Edition, held: Sequence[Instance], context: Context) -> Completeness:
    """Nobody owes a collection: one that is not begun lacks nothing. Once begun, its single blocks are due, and each
    instance is held to the edition in force."""
    if not held:
        return Completeness("empty", {})
    problems = {one.id: tuple(_problems(edition, one, context)) for one in held}
    filled = {one.block for one in held}
    lacking = tuple(block.name for block in edition.blocks if not block.repeated and block.name not in filled)
    return Completeness(_state(problems, lacking), problems, lacking)


def _problems(edition: Edition, instance: Instance, context: Context) -> list[Problem]:
    """A block that the edition no longer has is asked nothing."""
    block = edition.block(instance.block)
    return check_block(block, instance.answers, context) if block else []


def _state(problems: Mapping[str, tuple[Problem, ...]], lacking: tuple[str, ...]) -> State:
    severities = {problem.severity for found in problems.values() for problem in found}
    if "incoherent" in severities:
        return "to_correct"
    return "incomplete" if severities or lacking else "complete"
