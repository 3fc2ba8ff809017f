"""The ids that blocks and fiches were given: what is played again must bear them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.fiches.record import BLOCK_LISTS, BlockRecord, Fiche


class Names:
    """`known` are the stored blocks, each with the fiche that holds it; `fiches` own their identifiers. Only the blocks
    of `named` take stored ids: documents speak of other fiches too, which are not played. `survivors`: fiche merged →
    the one kept, which the pregnancies lead to since."""

    def __init__(
        self,
        fiches: Iterable[Fiche],
        known: Iterable[tuple[str, BlockRecord]],
        named: Iterable[str],
        survivors: Mapping[str, str],
    ) -> None:
        self.known = list(known)
        self.named = set(named)
        self.survivors = survivors
        self.owners: dict[str, str] = {}
        for fiche in fiches:
            for identifier in fiche.identifiers:
                self.owners.setdefault(identifier.lookup, fiche.id)
        self.given: set[str] = set()

    def owner(self, lookup: str) -> str | None:
        return self.owners.get(lookup)

    def give(self, fiche: Fiche) -> None:
        """Each block that has just begun takes the id of the stored block that says the same thing."""
        if fiche.id not in self.named:
            return
        parents: dict[str, str] = {}
        for name in BLOCK_LISTS:
            for block in fiche.blocks(name):
                if block.parent_id in parents:
                    block.parent_id = parents[block.parent_id]
                if block.version == 0:
                    former, block.version = block.id, 1
                    block.id = self._stored(fiche.id, block) or block.id
                    parents[former] = block.id
                self.given.add(block.id)

    def _stored(self, fiche_id: str, block: BlockRecord) -> str | None:
        """The fiche's own first: another one holds its blocks only since a merge."""
        alike = [(owner, one) for owner, one in self.known if one.block == block.block and one.id not in self.given]
        found = [
            (owner != fiche_id, rank, one.id)
            for rank, same in enumerate((_same_key, _same_act, self._same_child))
            for owner, one in alike
            if same(one, block)
        ]
        return min(found, key=lambda way: way[:2])[2] if found else None

    def _same_child(self, stored: BlockRecord, played: BlockRecord) -> bool:
        """M1: its fiche was another then."""
        known = (stored.origin, stored.parent_id, self._survivor(stored.subject_id))
        return played.block == "fetus" and known == (
            played.origin,
            played.parent_id,
            self._survivor(played.subject_id),
        )

    def _survivor(self, fiche_id: str | None) -> str | None:
        while fiche_id and fiche_id in self.survivors:
            fiche_id = self.survivors[fiche_id]
        return fiche_id


def _same_key(stored: BlockRecord, played: BlockRecord) -> bool:
    """P1, R1, G1, I8a."""
    if stored.origin != played.origin:
        return False
    match played.block:
        case "prise_en_charge":
            return stored.site == played.site
        case "fetus":
            return stored.parent_id == played.parent_id and stored.subject_id == played.subject_id
        case "diagnostic":
            return (stored.source_key, stored.has_observation_id) == (played.source_key, played.has_observation_id)
    return stored.source_key == played.source_key


def _same_act(stored: BlockRecord, played: BlockRecord) -> bool:
    """R6: known by its act then, by its observation since."""
    return stored.block == "diagnostic" and stored.act_key is not None and stored.act_key == played.source_key
