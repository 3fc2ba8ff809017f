"""What a batch reads ahead of its decisions: its documents, then whatever they will ask of the base, in five statements
for fifty documents. A trip to PostgreSQL costs more than its answer.

It decides nothing, and nothing read here outlives a change: what the batch has changed is asked again (`batch.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy.orm import Session

from app.cda import archive
from app.cda.archive import Asked, History
from app.cda.document import Document
from app.cda.identify import sought_by
from app.cda.verdict import Verdict, Waiting
from app.fiches.record import Candidate, Fiche
from app.fiches.rows import Row, read_fiche
from app.fiches.store import StoredFiches
from app.sdm.identity import Identifier


class Ahead:
    """`look_for_resends` → `keep` each document that was read → `look_up` what they ask. What it was not told to look
    up it does not know, and answers None."""

    def __init__(self, session: Session) -> None:
        self.session, self.stored = session, StoredFiches(session)
        self._read: dict[str, Document | Verdict] = {}
        self._bodies: set[bytes] = set()
        self._resent: dict[bytes, str | None] = {}
        self._found: dict[str, list[Candidate]] = {}
        self._rows: dict[str, Row] = {}
        self._histories: dict[Asked, History] = {}

    def look_for_resends(self, documents: Iterable[Waiting]) -> None:
        seen = [one.sha256 for one in documents if one.seen_before]
        found = archive.resent(self.session, seen)
        self._resent = {sha256: found.get(sha256) for sha256 in seen}

    def wants(self, waiting: Waiting) -> bool:
        """Bytes that repeat others are read only once it comes out that they must be."""
        return waiting.sha256 not in self._bodies and not self._resent.get(waiting.sha256)

    def keep(self, waiting: Waiting, read: Document | Verdict) -> None:
        self._read[waiting.id] = read
        self._bodies.add(waiting.sha256)

    def look_up(self) -> None:
        """The fiches found are locked until the end of the transaction."""
        documents = [one for one in self._read.values() if isinstance(one, Document)]
        if not documents:
            return
        known_by = [lookups_and_idmr(*sought_by(one)) for one in documents]
        self._found = self._find(set().union(*known_by))
        asked = {
            (candidate.fiche_id, document.set_id)
            for document, known in zip(documents, known_by, strict=True)
            for candidate in self.candidates(known) or ()
        }
        self._rows = self.stored.locked_rows(sorted({fiche_id for fiche_id, _ in asked}))
        self._histories = archive.histories(self.session, asked)

    def take_read(self, waiting: Waiting) -> Document | Verdict | None:
        return self._read.pop(waiting.id, None)

    def knows_resend(self, sha256: bytes) -> bool:
        return sha256 in self._resent

    def resent(self, sha256: bytes) -> str | None:
        return self._resent[sha256]

    def candidates(self, known_by: Collection[str]) -> list[Candidate] | None:
        """As `Fiches.candidates`: oldest first."""
        if not self._found.keys() >= set(known_by):
            return None
        found = {one.fiche_id: one for known in known_by for one in self._found[known]}
        return [found[fiche_id] for fiche_id in sorted(found)]

    def take_fiche(self, fiche_id: str) -> Fiche | None:
        """Once: whoever takes it changes it, and it is read again."""
        row = self._rows.pop(fiche_id, None)
        return read_fiche(row) if row and row["merged_into"] is None else None

    def history(self, asked: Asked) -> History | None:
        return self._histories.get(asked)

    def _find(self, known_by: Collection[str]) -> dict[str, list[Candidate]]:
        """What was asked → the fiches that have it."""
        found: dict[str, list[Candidate]] = {known: [] for known in known_by}
        for candidate in self.stored.known_by(known_by):
            for known in lookups_and_idmr(candidate.identifiers, candidate.idmr) & found.keys():
                found[known].append(candidate)
        return found


def lookups_and_idmr(identifiers: Sequence[Identifier], idmr: str | None) -> set[str]:
    """What a fiche is known by, or a document asks for."""
    return {one.lookup for one in identifiers} | ({idmr} if idmr else set())
