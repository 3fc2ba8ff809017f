"""Saving in a test as a form does: with an author, a site, and answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.fiches.record import Fiche
from app.fiches.save import Saved, save_answers
from app.fiches.store import StoredFiches
from app.tenants.hospital import Hospital

SITES = (("S001", "Génétique"), ("S002", "Neurologie"))
RUTH = {
    "birth_family_name": "NESSI",
    "birth_first_given_name": "Ruth",
    "sex": "F",
    "birth_date": "1977-07-14",
}


@dataclass(frozen=True)
class Author:
    id: str = "0190163d-8694-739b-aea5-966c26f8ad90"
    email: str = "martin@hopital.example"


MARTIN = Author()


@dataclass(frozen=True)
class Desk:
    """A person at work in a site of a hospital, on an open session."""

    session: Session
    hospital: Hospital
    site: str = "S001"
    by: Author = MARTIN

    def save(
        self,
        answers: dict[str, Any],
        block: str = "patient",
        fiche: str | None = None,
        key: str | None = None,
        **more: Any,
    ) -> Saved:
        given = {"fiche_id": fiche, "block": block, "key": key, "answers": answers, **more}
        return save_answers(self.session, self.hospital, site=self.site, by=self.by, **given)

    def read(self, fiche_id: str) -> Fiche:
        return StoredFiches(self.session).read(fiche_id)
