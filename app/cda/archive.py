"""What has been integrated before, for the rules that ask whether a document is new (N1, N2, N4)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

Asked = tuple[str, str | None]
"""A fiche, and the setId of a document about it."""

RESENT = text("""
    select d.sha256, fiche.id::text from received_document d join fiche on fiche.last_document_id = d.id
    where d.sha256 = any (:bodies) and d.state = 'integrated'
""")

HISTORY = text("""
    select asked.fiche_id::text, asked.set_id, last.fingerprint, newest.version_number, newest.effective_at
    from unnest(cast(:fiche_ids as uuid[]), cast(:set_ids as text[])) as asked (fiche_id, set_id)
    join fiche on fiche.id = asked.fiche_id
    left join received_document last on last.id = fiche.last_document_id
    left join lateral (
        select version_number, effective_at from received_document
        where fiche_id = fiche.id and set_id = asked.set_id and state = 'integrated' and version_number is not null
        order by version_number desc, effective_at desc nulls last limit 1
    ) newest on true
""")

LONG_AGO = datetime.min.replace(tzinfo=UTC)
"""When a document that does not say its time was written."""


class History(NamedTuple):
    """The fingerprint of the last document of a fiche, and the highest version and time integrated under a setId."""

    fingerprint: bytes | None = None
    version_number: int | None = None
    effective_at: datetime | None = None


class StoredArchive:
    """The rules' Protocol `Archive` over the inbox; one history answers both its questions about a fiche."""

    def __init__(self, set_id: str | None, history: Callable[[Asked], History]) -> None:
        self.set_id, self._history = set_id, history
        self._known: dict[Asked, History] = {}

    def last_integrated(self, fiche_id: str) -> bytes | None:
        return self._of((fiche_id, self.set_id)).fingerprint

    def lineage(self, fiche_id: str, set_id: str) -> tuple[int, datetime] | None:
        history = self._of((fiche_id, set_id))
        if history.version_number is None:
            return None
        return history.version_number, history.effective_at or LONG_AGO

    def _of(self, asked: Asked) -> History:
        if asked not in self._known:
            self._known[asked] = self._history(asked)
        return self._known[asked]


def histories(session: Session, asked: Collection[Asked]) -> dict[Asked, History]:
    """One statement for all."""
    if not asked:
        return {}
    fiche_ids, set_ids = zip(*asked, strict=True)
    found = session.execute(HISTORY, {"fiche_ids": list(fiche_ids), "set_ids": list(set_ids)})
    return {(row[0], row[1]): History(row[2] and bytes(row[2]), *row[3:]) for row in found}


def resent(session: Session, bodies: Collection[bytes]) -> dict[bytes, str]:
    """SHA-256 → the fiche whose last integrated document has these very bytes (N2), so that they need no parsing."""
    found: dict[bytes, list[str]] = {}
    for sha256, fiche_id in session.execute(RESENT, {"bodies": list(bodies)}) if bodies else ():
        found.setdefault(bytes(sha256), []).append(fiche_id)
    return {sha256: fiche_ids[0] for sha256, fiche_ids in found.items() if len(fiche_ids) == 1}
