"""Changes to a block, each one decision of those who write the definition; `revise` applies them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.sdm.answers import Coded
from app.sdm.conditions import Condition
from app.sdm.constraints import Between, Constraint, Required, RequiredWhen
from app.sdm.model import Block, DefinitionError, Item


@dataclass(frozen=True, slots=True)
class Require:
    """`when` None: always."""

    item: str
    when: Condition | None = None
    reason: str = ""

    def on(self, item: Item) -> Item:
        demand: Constraint = RequiredWhen(self.when, self.reason) if self.when else Required()
        return replace(item, constraints=(demand, *_without(item, Required, RequiredWhen)))


@dataclass(frozen=True, slots=True)
class Release:
    """Nobody owes the item any more."""

    item: str

    def on(self, item: Item) -> Item:
        return replace(item, constraints=_without(item, Required, RequiredWhen))


@dataclass(frozen=True, slots=True)
class Bound:
    item: str
    low: float
    high: float

    def on(self, item: Item) -> Item:
        return replace(item, constraints=(*_without(item, Between), Between(self.low, self.high)))


@dataclass(frozen=True, slots=True)
class WithdrawCodes:
    """Codes of the item's list that are no longer a valid answer."""

    item: str
    codes: tuple[str, ...]

    def on(self, item: Item) -> Item:
        if not (isinstance(item.answer, Coded) and item.answer.value_set):
            raise DefinitionError(f"{item.name} : cet item n’a pas de liste de valeurs")
        return replace(item, answer=replace(item.answer, without=(*item.answer.without, *self.codes)))


@dataclass(frozen=True, slots=True)
class Reword:
    """Empty: unchanged."""

    item: str
    label: str = ""
    help: str = ""

    def on(self, item: Item) -> Item:
        return replace(item, label=self.label or item.label, help=self.help or item.help)


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The item is asked no more; its answers stay where they are, readable."""

    item: str


@dataclass(frozen=True, slots=True)
class Add:
    """`after` the item that it follows; empty: last."""

    new: Item
    after: str = ""


Change = Require | Release | Bound | WithdrawCodes | Reword | Withdraw | Add
Revision = Mapping[str, tuple[Change, ...]]
"""Changes by name of block."""


def revise(blocks: Iterable[Block], revision: Revision) -> tuple[Block, ...]:
    """The blocks after the changes, in their order. Raises DefinitionError: unknown block or item, item added twice."""
    known = {block.name: block for block in blocks}
    if strangers := revision.keys() - known.keys():
        raise DefinitionError(f"bloc inconnu : {', '.join(sorted(strangers))}")
    return tuple(revise_block(block, revision.get(name, ())) for name, block in known.items())


def revise_block(block: Block, changes: Iterable[Change]) -> Block:
    items = list(block.items)
    for change in changes:
        match change:
            case Add(new, after):
                items.insert(_place(block, items, after) + 1 if after else len(items), new)
            case Withdraw(name):
                del items[_place(block, items, name)]
            case _:
                place = _place(block, items, change.item)
                items[place] = change.on(items[place])
    return replace(block, items=tuple(items))


def _place(block: Block, items: list[Item], name: str) -> int:
    for place, item in enumerate(items):
        if item.name == name:
            return place
    raise DefinitionError(f"{block.name} : item inconnu {name}")


def _without(item: Item, *kinds: type) -> tuple[Constraint, ...]:
    return tuple(one for one in item.constraints if not isinstance(one, kinds))
