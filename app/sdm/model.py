"""The vocabulary in which the SDM-MR is defined: blocks of items, each with its answer, its rules and its merge class.

A definition is written once (patient.py, prise_en_charge.py, …); the form, the validation, the quality state,
the guide of variables, the paper form, the coverage of the CDA and the reconciliation derive from it.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from app.sdm.answers import Answer, Group, Value, is_empty

if TYPE_CHECKING:
    from app.sdm.conditions import Condition
    from app.sdm.constraints import Constraint
    from app.sdm.identity import IdentifierKind

EDITIONS = ("2021.01", "2022.01", "2024.01", "2025.01", "2026")
"""Editions of the SDM-MR. "2026" (SDM-MR V2) has no document format yet: its own items are typed on the web."""


class Merge(Enum):
    """How a DPI document meets what is there. The rules are those of « Reconciliation »."""

    COMPETITIVE = "unitaire"  # U1, U2: a filled DPI value replaces, an empty one never erases
    LIST = "liste"  # U3, G2: a non-empty DPI list replaces the whole list
    ADDITIVE = "répétable"  # R1: the whole block is replaced, including by empty values
    MIXED = "mixte"  # R5: the last action wins, an empty never overwrites
    CONSANGUINITY = "consanguinité"  # U6: copied on every DPI diagnosis
    TECHNICAL = "technique"  # read from documents, compared with nothing
    OUTSIDE = "hors SDM"  # U7: never touched by a document


class DefinitionError(Exception):
    """A definition that contradicts itself: found at import, never in front of a patient."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `since`/`until` bound the editions whose *documents* carry it (until=None: still carried;
    since=None: no document carries it, it is typed on the web only)."""

    name: str
    label: str
    answer: Answer
    group: str = ""
    constraints: tuple[Constraint, ...] = ()
    multiple: bool = False
    merge: Merge | None = None
    nominative: bool = False
    shown_when: Condition | None = None
    since: str | None = "2021.01"
    until: str | None = None
    typed: bool = True
    """False: read from documents and shown, never asked in a form."""
    identifier: IdentifierKind | None = None
    """The item is one of the fiche's identifiers: it is kept among them, not among the answers."""
    help: str = ""
    asked_when_empty: tuple[Constraint, ...] = field(init=False, repr=False, compare=False)
    asked_when_given: tuple[Constraint, ...] = field(init=False, repr=False, compare=False)
    """The constraints, parted: an empty answer can only be missing, a given one only be incoherent."""

    def __post_init__(self) -> None:
        missing = tuple(one for one in self.constraints if one.severity == "missing")
        object.__setattr__(self, "asked_when_empty", missing)
        object.__setattr__(self, "asked_when_given", tuple(one for one in self.constraints if one not in missing))

    def __hash__(self) -> int:
        """Equal items have the same name; a page asks of each what is kept for it."""
        return hash(self.name)

    def read(self, raw: object) -> Value:
        """The answer in its one shape. Raises IllTyped."""
        if not (self.multiple or isinstance(self.answer, Group)):
            return self.answer.read(raw)
        entries = [self.answer.read(entry) for entry in (raw if isinstance(raw, list) else [raw])]
        return [entry for entry in entries if not is_empty(entry)]

    def carried_by(self, edition: str) -> bool:
        """Whether documents of this edition can state the item: what cannot be stated is not « emptied » (U4)."""
        return self.since is not None and self.since <= edition and (self.until is None or edition <= self.until)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the fiche. `merge` holds for every item that does not say otherwise."""

    name: str
    label: str
    plural: str
    merge: Merge
    items: tuple[Item, ...]
    repeated: bool = False
    by_name: dict[str, Item] = field(init=False, repr=False, compare=False)
    checked: tuple[Item, ...] = field(init=False, repr=False, compare=False)
    """The items that something is asked of."""

    def item(self, name: str) -> Item | None:
        return self.by_name.get(name)

    def merge_of(self, item: Item) -> Merge:
        return item.merge or self.merge

    def asked_only_of(self, names: Container[str]) -> Block:
        """The same block, its checks limited to these items."""
        narrowed = replace(self)
        object.__setattr__(narrowed, "checked", tuple(item for item in self.checked if item.name in names))
        return narrowed

    @property
    def groups(self) -> dict[str, list[Item]]:
        """Items by group, in the order of the definition."""
        groups: dict[str, list[Item]] = {}
        for item in self.items:
            groups.setdefault(item.group, []).append(item)
        return groups

    def __post_init__(self) -> None:
        names = [item.name for item in self.items]
        doubles = {name for name in names if names.count(name) > 1}
        if doubles:
            raise DefinitionError(f"bloc {self.name} : items définis deux fois : {', '.join(sorted(doubles))}")
        object.__setattr__(self, "by_name", {item.name: item for item in self.items})
        checked = (item for item in self.items if item.constraints or isinstance(item.answer, Group))
        object.__setattr__(self, "checked", tuple(checked))
