"""A complementary collection: named blocks in numbered editions, who writes it, which fiches it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.sdm.answers import Answer
from app.sdm.conditions import Condition
from app.sdm.constraints import Constraint
from app.sdm.model import Block, Item, Merge
from app.sdm.view import Context, View


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of a definition. It is in force from `since` on; None: a candidate, in force nowhere."""

    number: int
    since: date | None
    blocks: tuple[Block, ...]
    label: str = ""

    def block(self, name: str) -> Block | None:
        return next((block for block in self.blocks if block.name == name), None)


@dataclass(frozen=True, slots=True)
class Recueil:
    """`about` is one sentence for who opens it; `word` its name in addresses; `writes` the permission to fill it and
    `writers` who holds it, for whom does not; `concerns` the fiches it is offered to."""

    name: str
    word: str
    label: str
    about: str
    writes: str
    writers: str
    concerns: Condition
    editions: tuple[Edition, ...] = field(repr=False)

    def edition(self, number: int) -> Edition:
        """The edition of that number; the last one known when this process does not know it yet."""
        return next((one for one in self.editions if one.number == number), self.editions[-1])

    def in_force(self, day: date) -> Edition:
        """The newest edition whose day has come."""
        begun = [one for one in self.editions if one.since is not None and one.since <= day]
        return max(begun, key=lambda one: (one.since or day, one.number), default=self.editions[0])

    def is_about(self, context: Context) -> bool:
        return self.concerns.holds(View({}, {}, context))


def of_recueil(name: str, label: str, plural: str, items: tuple[Item, ...], *, repeated: bool = False) -> Block:
    """A block that no document touches."""
    return Block(name, label, plural, Merge.OUTSIDE, items, repeated)


def asked(
    name: str,
    label: str,
    answer: Answer,
    group: str = "",
    constraints: tuple[Constraint, ...] = (),
    *,
    help: str,  # noqa: A002 - the name of the item’s own field
    multiple: bool = False,
    shown_when: Condition | None = None,
) -> Item:
    """An item that people type and no document carries."""
    return Item(name, label, answer, group, constraints, multiple, shown_when=shown_when, since=None, help=help)
