"""Every complementary collection, in the order of the screen. Each edition checks itself at import, beside the SDM."""

from __future__ import annotations

from collections.abc import Iterable

from app.recueils.errance import ERRANCE
from app.recueils.foetopathology import FOETOPATHOLOGY
from app.recueils.model import Recueil
from app.recueils.treatments import TREATMENTS
from app.sdm.definition import BLOCKS, PARENTS
from app.sdm.model import DefinitionError, Merge
from app.sdm.self_check import check_definition

RECUEILS: dict[str, Recueil] = {one.name: one for one in (TREATMENTS, ERRANCE, FOETOPATHOLOGY)}
_BY_WORD = {one.word: one for one in RECUEILS.values()}


def recueil_of(word: str) -> Recueil | None:
    """The collection of an address; None when there is none."""
    return _BY_WORD.get(word)


def check_recueils(recueils: Iterable[Recueil]) -> None:
    """Raises DefinitionError: a name means one item in the SDM and in every collection, and no document touches them.
    An edition is checked with the first edition of the others."""
    held = {one.name: one for one in recueils}
    for recueil in held.values():
        others = [block for one in held.values() if one is not recueil for block in one.editions[0].blocks]
        for edition in recueil.editions:
            blocks = (*edition.blocks, *others)
            if any(block.merge is not Merge.OUTSIDE for block in blocks):
                raise DefinitionError(f"{recueil.name} : un bloc peut être touché par un document")
            check_definition({**BLOCKS, **{block.name: block for block in blocks}}, PARENTS)


check_recueils(RECUEILS.values())
