"""A definition that contradicts itself is found at import, by name, never in front of a patient."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.sdm.answers import Coded, Group
from app.sdm.model import EDITIONS, Block, DefinitionError, Item
from app.sdm.value_sets import VALUE_SETS


def check_definition(blocks: Mapping[str, Block], parents: Mapping[str, str]) -> None:
    """Raises DefinitionError with every contradiction found: unknown value set or item, name used twice,
    constraint on the wrong kind of answer or on an item that nobody can correct, unknown edition, item without label
    or help."""
    faults = [*_repeated_names(blocks), *_block_faults(blocks, parents)]
    if faults:
        raise DefinitionError(" ; ".join(faults))


def _repeated_names(blocks: Mapping[str, Block]) -> Iterator[str]:
    """A name means one item in the whole definition: journals, exports and rules name items without their block."""
    seen: dict[str, str] = {}
    for block in blocks.values():
        for item in _with_inner(block.items):
            if item.name in seen:
                yield f"{item.name} : défini dans {seen[item.name]} et dans {block.name}"
            seen[item.name] = block.name


def _with_inner(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        if isinstance(item.answer, Group):
            yield from item.answer.items


def _block_faults(blocks: Mapping[str, Block], parents: Mapping[str, str]) -> Iterator[str]:
    patient = set(blocks["patient"].by_name) if "patient" in blocks else set()
    for block in blocks.values():
        parent = parents.get(block.name)
        reachable = set(block.by_name) | patient | (set(blocks[parent].by_name) if parent else set())
        for item in block.items:
            yield from _item_faults(item, reachable)
            if isinstance(item.answer, Group):
                inner = {one.name for one in item.answer.items}
                for one in item.answer.items:
                    yield from _item_faults(one, reachable | inner)


def _item_faults(item: Item, reachable: set[str]) -> Iterator[str]:
    if isinstance(item.answer, Coded) and item.answer.value_set and item.answer.value_set not in VALUE_SETS:
        yield f"{item.name} : jeu de valeurs inconnu {item.answer.value_set}"
    if not (item.label and item.help):
        yield f"{item.name} : libellé ou aide manquants"
    for edition in (item.since, item.until):
        if edition is not None and edition not in EDITIONS:
            yield f"{item.name} : édition inconnue {edition}"
    if item.constraints and not item.typed:
        yield f"{item.name} : contraintes sur un item qu’aucun formulaire ne permet de corriger"
    for constraint in item.constraints:
        if not isinstance(item.answer, constraint.suits):
            yield f"{item.name} : {type(constraint).__name__} ne convient pas à {type(item.answer).__name__}"
    for name in _watched(item):
        if name not in reachable:
            yield f"{item.name} : item inconnu {name}"


def _watched(item: Item) -> Iterator[str]:
    for constraint in item.constraints:
        yield from constraint.watched
    if item.shown_when:
        yield from item.shown_when.watched
