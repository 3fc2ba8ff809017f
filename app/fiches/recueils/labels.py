"""The words of an edition: what was stored is read with the labels of the edition it was filled under. Pure."""

from __future__ import annotations

from app.recueils.model import Recueil
from app.sdm.model import Block, Item


def item_of(recueil: Recueil, edition: int, block: str, name: str) -> Item | None:
    """As that edition defined it; else as the newest one that did; None when none ever did."""
    return next((item for known in blocks_of(recueil, edition, block) if (item := known.item(name))), None)


def blocks_of(recueil: Recueil, edition: int, name: str) -> list[Block]:
    """The block in that edition first, then in the others, newest first."""
    editions = sorted(recueil.editions, key=lambda one: (one.number != edition, -one.number))
    return [block for one in editions if (block := one.block(name))]
