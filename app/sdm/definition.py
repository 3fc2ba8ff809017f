"""The definition of the SDM-MR: every block of a fiche, in the order of the screen. It checks itself at import."""

from __future__ import annotations

from collections.abc import Iterator

from app.sdm.activite import ACTIVITE
from app.sdm.answers import Group
from app.sdm.diagnostic import DIAGNOSTIC
from app.sdm.grossesse import FETUS, GROSSESSE
from app.sdm.model import Block, Item
from app.sdm.patient import PATIENT
from app.sdm.prise_en_charge import PRISE_EN_CHARGE
from app.sdm.self_check import check_definition

BLOCKS: dict[str, Block] = {
    block.name: block for block in (PATIENT, PRISE_EN_CHARGE, ACTIVITE, DIAGNOSTIC, GROSSESSE, FETUS)
}

PARENTS = {"fetus": "grossesse"}
"""The block that holds another one: a constraint may look at its answers."""


def all_items() -> Iterator[tuple[Block, Item]]:
    """Every item with its block; those of a grouped list follow the list."""
    for block in BLOCKS.values():
        for item in block.items:
            yield block, item
            if isinstance(item.answer, Group):
                yield from ((block, inner) for inner in item.answer.items)


def find_item(block: str, name: str) -> Item | None:
    """An item of a block by its name; None when the block has no such item."""
    return BLOCKS[block].item(name)


check_definition(BLOCKS, PARENTS)
