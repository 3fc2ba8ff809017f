"""One block of a complementary collection, in memory: a block like the others, with the edition it was filled under."""

from __future__ import annotations

from dataclasses import dataclass

from app.fiches.record import BlockRecord
from app.recueils.completeness import Instance


@dataclass(slots=True)
class RecueilRecord(BlockRecord):
    """`edition` is that of the last person who filled it: its labels are those they read."""

    recueil: str = ""
    edition: int = 0
    former_edition: int = 0

    def fill_under(self, edition: int) -> None:
        """Before a change: the former state keeps its own edition."""
        self.former_edition = self.edition
        self.edition = edition

    @property
    def instance(self) -> Instance:
        return Instance(self.block, self.id, self.answers)
