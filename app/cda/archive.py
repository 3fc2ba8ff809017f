"""What has been integrated before, for the rules that ask whether a document is new (N1, N2, N4)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

RESENT = text("""
    select fiche.id::text from received_document d join fiche on fiche.last_document_id = d.id
    where d.sha256 = :sha256 and d.state = 'integrated'
""")

HISTORY = text("""
    select last.fingerprint, newest.version_number, newest.effective_at
    from fiche
    left join received_document last on last.id = fiche.last_document_id
    left join lateral (
        select version_number, effective_at from received_document
        where fiche_id = fiche.id and set_id = :set_id and state = 'integrated' and version_number is not null
        order by version_number desc, effective_at desc nulls last limit 1
    ) newest on true
    where fiche.id = :fiche_id
""")

LONG_AGO = datetime.min.replace(tzinfo=UTC)
"""When a document that does not say its time was written."""


class StoredArchive:
    """The rules' Protocol `Archive` over the inbox; one statement answers both its questions about a fiche."""

    def __init__(self, session: Session, set_id: str | None = None) -> None:
        self.session, self.set_id = session, set_id
        self._known: dict[tuple[str, str | None], Any] = {}

    def last_integrated(self, fiche_id: str) -> bytes | None:
        history = self._history(fiche_id, self.set_id)
        return bytes(history.fingerprint) if history and history.fingerprint else None

    def lineage(self, fiche_id: str, set_id: str) -> tuple[int, datetime] | None:
        history = self._history(fiche_id, set_id)
        if history is None or history.version_number is None:
            return None
        return history.version_number, history.effective_at or LONG_AGO

    def _history(self, fiche_id: str, set_id: str | None) -> Any:
        asked = (fiche_id, set_id)
        if asked not in self._known:
            given = {"fiche_id": fiche_id, "set_id": set_id}
            self._known[asked] = self.session.execute(HISTORY, given).one_or_none()
        return self._known[asked]


def resent(session: Session, sha256: bytes) -> str | None:
    """The fiche whose last integrated document has these very bytes (N2), so that they need no parsing."""
    found = session.execute(RESENT, {"sha256": sha256}).scalars().all()
    return found[0] if len(found) == 1 else None
