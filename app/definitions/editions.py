"""A definition with the editions described for it, each made from the one before. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.definitions.described import read_changes
from app.definitions.revision import revise
from app.recueils.definition import RECUEILS, check_recueils
from app.recueils.model import Edition, Recueil
from app.sdm.definition import BLOCKS, PARENTS
from app.sdm.model import Block
from app.sdm.self_check import check_definition

SDM = "sdm"
FAMILIES: Mapping[str, str] = {SDM: "SDM-MR", **{one.name: one.label for one in RECUEILS.values()}}


@dataclass(frozen=True, slots=True)
class Described:
    """An edition as it is kept: its changes on the one before."""

    family: str
    number: int
    label: str
    changes: Any
    applies_from: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What an edition changes: the blocks before, and after."""

    family: str
    number: int
    before: tuple[Block, ...]
    after: tuple[Block, ...]


def with_editions(recueil: Recueil, described: Iterable[Described]) -> Recueil:
    """Raises DefinitionError, BadDescription."""
    for one in sorted(described, key=lambda one: one.number):
        blocks = revise(recueil.editions[-1].blocks, read_changes(one.changes))
        edition = Edition(one.number, one.applies_from, blocks, one.label)
        recueil = replace(recueil, editions=(*recueil.editions, edition))
    return recueil


def step_of(recueils: Mapping[str, Recueil], one: Described) -> Step:
    """What the edition would change, checked as a whole: `recueils` hold the editions before it.
    Raises DefinitionError, BadDescription."""
    changes = read_changes(one.changes)
    if one.family == SDM:
        after = revise(BLOCKS.values(), changes)
        check_definition({block.name: block for block in after}, PARENTS)
        return Step(SDM, one.number, tuple(BLOCKS.values()), after)
    recueil = recueils[one.family]
    before = max((known for known in recueil.editions if known.number < one.number), key=lambda known: known.number)
    edition = Edition(one.number, one.applies_from, revise(before.blocks, changes), one.label)
    check_recueils({**recueils, one.family: replace(recueil, editions=(edition,))}.values())
    return Step(one.family, one.number, before.blocks, edition.blocks)
