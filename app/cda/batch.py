"""The documents settled in one transaction (O2): what they leave is written once for all of them, in a few statements.

Nothing is written while a document is judged, so that one that fails leaves nothing to undo. But a document about
somebody whom the batch has changed must see it: what waits is written before such a question is answered. Any other
is answered by what was read ahead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app import clock
from app.cda import archive
from app.cda.ahead import Ahead, lookups_and_idmr
from app.cda.answers.owed import owe_answers
from app.cda.archive import Asked, History
from app.cda.conclude import Left, write_answers, write_left
from app.cda.verdict import Verdict, Waiting
from app.fiches.record import Candidate, Fiche, Stamp
from app.fiches.rows import Rows, changed_rows, settle
from app.fiches.store import StoredFiches, write
from app.sdm.identity import Identifier


class Batch:
    """The caller owns the transaction, and closes the batch before committing it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.stored = StoredFiches(session)
        self.ahead = Ahead(session)
        self.answers: list[tuple[Waiting, Verdict]] = []
        self.envelopes: set[str] = set()
        self._bodies: set[bytes] = set()
        self._changed: set[str] = set()
        self._known_by: set[str] = set()
        self._wait_for_nothing()

    def resent(self, sha256: bytes) -> str | None:
        """The fiche whose last integrated document has these very bytes (N2)."""
        if sha256 not in self._bodies and self.ahead.knows_resend(sha256):
            fiche_id = self.ahead.resent(sha256)
            if fiche_id not in self._changed:
                return fiche_id
        self.write()
        return archive.resent(self.session, [sha256]).get(sha256)

    def candidates(self, identifiers: Sequence[Identifier], idmr: str | None) -> list[Candidate]:
        """I1. What was changed may be found by what is asked, or be known by something else from now on."""
        asked = lookups_and_idmr(identifiers, idmr)
        found = None if asked & self._known_by else self.ahead.candidates(asked)
        if found is None or any(one.fiche_id in self._changed for one in found):
            self.write()
            found = self.stored.candidates(identifiers, idmr)
        return found

    def load(self, fiche_id: str) -> Fiche:
        """One of the candidates, locked: what the batch changed of it is written."""
        return self.ahead.take_fiche(fiche_id) or self.stored.load_alias(fiche_id)

    def history(self, asked: Asked) -> History:
        """Of one of the candidates."""
        found = None if asked[0] in self._changed else self.ahead.history(asked)
        return found or archive.histories(self.session, [asked]).get(asked, History())

    def take(self, waiting: Waiting, verdict: Verdict, rows: Rows, left: Left) -> None:
        """A document that is settled; what it leaves waits to be written."""
        self.answers.append((waiting, verdict))
        if waiting.part_of or waiting.envelope:
            self.envelopes.add(waiting.part_of or waiting.id)
        self._left.append(left)
        self._bodies.add(waiting.sha256)
        for table, more in rows.items():
            self._rows[table] += more
        self._changed |= {row["id"] for row in rows.get("fiche", ())}
        self._known_by |= {row["lookup"] for row in rows.get("identifier", ())}
        self._known_by |= {row["idmr"] for row in rows.get("fiche", ()) if row["idmr"]}

    def write(self) -> None:
        write(self.session, self._rows)
        write_left(self.session, self._left)
        self._wait_for_nothing()

    def close(self) -> None:
        """The last thing to do: what waits, then the answers and the audit of every document."""
        self.write()
        write_answers(self.session, self.answers)
        owe_answers(self.session, self.envelopes)

    def _wait_for_nothing(self) -> None:
        self._rows: Rows = defaultdict(list)
        self._left: list[Left] = []


class Draft:
    """The rules' Protocol `Fiches` for one document: the fiches it keeps are rows, taken by the batch with its verdict.
    A document never takes an identifier away (I5), so that there is nothing to delete."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.rows: Rows = defaultdict(list)

    def candidates(self, identifiers: Sequence[Identifier], idmr: str | None) -> list[Candidate]:
        return self.batch.candidates(identifiers, idmr)

    def load(self, fiche_id: str) -> Fiche:
        return self.batch.load(fiche_id)

    def keep(self, fiche: Fiche, stamp: Stamp) -> None:
        rows = changed_rows(fiche, stamp, clock.now().isoformat())
        for table, more in rows.items():
            self.rows[table] += more
        settle(fiche, rows, stamp)
