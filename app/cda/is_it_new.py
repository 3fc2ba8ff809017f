"""Has this document already been integrated (§4.3)? Asked for a patient who has a fiche. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from app.cda.document import Document


class Archive(Protocol):
    """What has been integrated before, for one hospital."""

    def last_integrated(self, fiche_id: str) -> bytes | None:
        """The fingerprint of the fiche's last integrated document."""

    def lineage(self, fiche_id: str, set_id: str) -> tuple[int, datetime] | None:
        """The highest (version, effective time) integrated for the fiche under this setId."""


def repeats_the_last(said: bytes, fiche_id: str, archive: Archive) -> bool:
    """N2: the same items (N1) as the last integrated document of this patient, whatever was edited on the web since."""
    return archive.last_integrated(fiche_id) == said


def was_superseded(document: Document, fiche_id: str, archive: Archive) -> bool:
    """N4: under the same setId, a lower version than one integrated, or the same version said earlier.
    Between setIds, order of arrival rules."""
    if document.set_id is None or document.version_number is None:
        return False
    match archive.lineage(fiche_id, document.set_id):
        case (version, _) if document.version_number != version:
            return document.version_number < version
        case (_, said_at) if document.effective_at is not None:
            return document.effective_at < said_at
    return False
