"""The store of fiches and the archive of documents, in memory: what the pure rules are tested with.

The same two Protocols as `StoredFiches` and the inbox; a test plays both against the same stories.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, datetime

from app.cda.document import Document
from app.cda.fingerprint import fingerprint
from app.fiches.record import Candidate, Fiche, Stamp
from app.sdm.identity import Identifier, compute_idmr


class FichesInMemory:
    """`fiches` are the stored states; `load` gives a copy, so that only `keep` changes them."""

    def __init__(self, *fiches: Fiche) -> None:
        self.fiches: dict[str, Fiche] = {}
        self.fingerprints: dict[str, bytes] = {}
        self.lineages: dict[tuple[str, str], tuple[int, datetime]] = {}
        for fiche in fiches:
            self.keep(fiche, Stamp("web", "2020-01-01T00:00:00+00:00"))

    def candidates(self, identifiers: Sequence[Identifier], idmr: str | None) -> list[Candidate]:
        lookups = {identifier.lookup for identifier in identifiers}
        return [
            known
            for known in map(candidate_of, self.fiches.values())
            if lookups & {one.lookup for one in known.identifiers} or (idmr and known.idmr == idmr)
        ]

    def load(self, fiche_id: str) -> Fiche:
        return deepcopy(self.fiches[fiche_id])

    def keep(self, fiche: Fiche, stamp: Stamp) -> None:
        kept = deepcopy(fiche)
        kept.version, kept.changed = kept.version + 1, False
        for block in kept.all_blocks():
            block.version += block.changed or not block.version
            block.changed, block.renamed, block.former = False, False, None
        self.fiches[kept.id] = kept

    def last_integrated(self, fiche_id: str) -> bytes | None:
        return self.fingerprints.get(fiche_id)

    def lineage(self, fiche_id: str, set_id: str) -> tuple[int, datetime] | None:
        return self.lineages.get((fiche_id, set_id))

    def archive(self, fiche_id: str, document: Document) -> None:
        """What the inbox does once a document is integrated."""
        self.fingerprints[fiche_id] = fingerprint(document)
        if document.set_id is not None and document.version_number is not None:
            said = (document.version_number, document.effective_at or datetime.min.replace(tzinfo=UTC))
            key = (fiche_id, document.set_id)
            self.lineages[key] = max(said, self.lineages.get(key, said))


def candidate_of(fiche: Fiche) -> Candidate:
    """Only born patients are searched by their traits (I1)."""
    idmr = compute_idmr(fiche.patient.answers) if fiche.kind == "born" else None
    return Candidate(fiche.id, fiche.kind, tuple(fiche.identifiers), idmr)
