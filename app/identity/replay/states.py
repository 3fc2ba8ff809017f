"""Every state that the blocks of some fiches have had, and what each block is. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from app.fiches.provenance import decode
from app.fiches.record import BlockRecord, Fiche, Stamp
from app.sdm.answers import Value

State = tuple[Mapping[str, Value], Mapping[str, Stamp]]
"""Answers and stamps."""
EMPTY: State = ({}, {})


class States:
    """`known` are the blocks with the fiche that holds them: those before a merge come before those of today."""

    def __init__(self, fiches: Iterable[Fiche], former: Iterable[Mapping[str, Any]]) -> None:
        self.known: list[tuple[str, BlockRecord]] = []
        self._states: dict[str, dict[int, State]] = defaultdict(dict)
        for fiche in fiches:
            for block in fiche.all_blocks():
                self.known.append((fiche.id, block))
                self._states[block.id].setdefault(block.version, (block.answers, block.stamps))
        for row in former:
            self._states[row["block_id"]][row["version"]] = (row["answers"], decode(row["provenance"]))
        self._versions = {block_id: sorted(states) for block_id, states in self._states.items()}

    def at(self, block_id: str, version: int) -> State:
        """The state that this version made. The patient's block counts the versions of its fiche, most of which leave
        it as it was: the next one that is kept tells it."""
        versions = self._versions.get(block_id, [])
        place = bisect_left(versions, version)
        return self._states[block_id][versions[place]] if version and place < len(versions) else EMPTY

    def block(self, block_id: str) -> BlockRecord | None:
        return next((block for _, block in self.known if block.id == block_id), None)
