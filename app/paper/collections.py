"""The complementary collections on the bordereau: which blocks are asked, and what is known of each. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.fiches.recueils.record import RecueilRecord
from app.recueils.model import Recueil
from app.sdm.model import Block
from app.sdm.view import Context


@dataclass(frozen=True, slots=True)
class Shelf:
    """One block of a collection as a part of the sheet: its title, and the answers known, one set per instance."""

    label: str
    block: Block
    context: Context
    known: tuple[Mapping[str, Any], ...]


def shelves_of(
    recueils: Iterable[Recueil], context: Context, held: Sequence[RecueilRecord], today: date
) -> list[Shelf]:
    """In the edition in force, those that such a fiche is about and those that were filled anyway."""
    return [
        shelf
        for recueil in recueils
        if recueil.is_about(context) or any(one.recueil == recueil.name for one in held)
        for shelf in _blocks(recueil, context, held, today)
    ]


def _blocks(recueil: Recueil, context: Context, held: Sequence[RecueilRecord], today: date) -> Iterator[Shelf]:
    for block in recueil.in_force(today).blocks:
        known = tuple(one.answers for one in held if (one.recueil, one.block) == (recueil.name, block.name))
        yield Shelf(f"{recueil.label}\u202f: {block.label.lower()}", block, context, known)
