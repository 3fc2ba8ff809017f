"""The first difference between a fiche played again and the one that is stored. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.fiches.record import BlockRecord, Fiche

OUTSIDE = ("kind", "origin", "draft", "merged_into", "last_document_id", "stated_consanguinity")
OF_A_BLOCK = ("block", "origin", "source_key", "source_id", "act_key", "has_observation_id", "site", "parent_id")


def first_difference(played: Fiche, stored: Fiche) -> str | None:
    """Where they differ, as « diagnostic <id> : onset_period » : an item, never its value. None: they are equal."""
    return next(_differences(played, stored), None)


def _differences(played: Fiche, stored: Fiche) -> Iterator[str]:
    for name in OUTSIDE:
        if getattr(played, name) != getattr(stored, name):
            yield f"fiche : {name}"
    if _identifiers(played) != _identifiers(stored):
        yield "fiche : identifiants"
    ours, theirs = ({block.id: block for block in fiche.all_blocks()} for fiche in (played, stored))
    for block_id in sorted(ours.keys() | theirs.keys()):
        yield from _of_block(block_id, ours.get(block_id), theirs.get(block_id))


def _identifiers(fiche: Fiche) -> dict[str, Any]:
    origins = fiche.identifier_origins
    return {one.lookup: (one.kind, one.root, one.extension, origins.get(one.lookup)) for one in fiche.identifiers}


def _of_block(block_id: str, played: BlockRecord | None, stored: BlockRecord | None) -> Iterator[str]:
    if played is None or stored is None:
        block = (played or stored).block  # type: ignore[union-attr]
        yield f"{block} {block_id} : {'en trop' if stored is None else 'absent'} après reconstruction"
        return
    where = f"{stored.block} {block_id}"
    for name in (*OF_A_BLOCK, "subject_id"):
        if getattr(played, name) != getattr(stored, name):
            yield f"{where} : {name}"
    for part, word in (("answers", ""), ("stamps", " (origine)")):
        ours, theirs = getattr(played, part), getattr(stored, part)
        for item in sorted(ours.keys() | theirs.keys()):
            if ours.get(item) != theirs.get(item):
                yield f"{where} : {item}{word}"
