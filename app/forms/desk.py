"""A person at work in a hospital: the session of one request, who saves, for which site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask import Response, abort, after_this_request, request
from flask_login import current_user
from sqlalchemy.orm import Session

from app.accounts.person import Person
from app.fiches import reading
from app.fiches.author import Author
from app.fiches.record import BlockRecord, Fiche
from app.fiches.save import Saved, save_answers
from app.fiches.store import FicheNotFound, StoredFiches
from app.forms.choices import newly_chosen
from app.sdm.definition import BLOCKS
from app.tenants.bind import bound_hospital, hospital_session
from app.tenants.hospital import Hospital
from app.terminology import recent


@dataclass(frozen=True, slots=True)
class Desk:
    session: Session
    hospital: Hospital
    site: str
    by: Author
    person: Person
    chosen: set[recent.Chosen] = field(default_factory=set)
    """The codes that this request saves: kept for the site once it is over, in one statement."""

    def read(self, fiche_id: object) -> Fiche:
        """The fiche to show, its reading traced (D2). 404 when the hospital has none."""
        fiche = self._find(fiche_id, lock=False)
        actor = f"account:{self.by.id}"
        reading.record_read(self.session, actor=actor, fiche_id=fiche.id, route=request.endpoint or "")
        return fiche

    def load(self, fiche_id: object) -> Fiche:
        """The fiche to change, locked until the end of the request. A page that refuses shows it: traced then (D2)."""
        fiche = self._find(fiche_id, lock=True)
        after_this_request(partial(_trace_if_shown, self, fiche.id))
        return fiche

    def save(
        self,
        fiche_id: str | None,
        record: BlockRecord,
        answers: Mapping[str, Any],
        *,
        version: int | None = None,
        draft: bool | None = None,
        loaded: Fiche | None = None,
    ) -> Saved:
        """A record without version is a new one, and its id is the one it will have. `loaded` is the fiche, as `load`
        or a save gave it: it is changed in place."""
        known = record.version > 0 and fiche_id is not None
        self.chosen.update(newly_chosen(BLOCKS[record.block], answers, record.answers))
        return save_answers(
            self.session,
            self.hospital,
            site=self.site,
            fiche_id=fiche_id,
            block=record.block,
            key=record.id if known and record.block != "patient" else None,
            answers=answers,
            version=version,
            draft=draft,
            new_id=None if known else record.id,
            loaded=loaded,
            by=self.by,
        )

    def _find(self, fiche_id: object, *, lock: bool) -> Fiche:
        fiches = StoredFiches(self.session)
        try:
            return fiches.load(str(fiche_id)) if lock else fiches.read(str(fiche_id))
        except FicheNotFound:
            abort(404)


def _trace_if_shown(desk: Desk, fiche_id: str, answer: Response) -> Response:
    """The session of the request is over; without this trace nothing is shown."""
    if answer.mimetype == "text/html" and "Location" not in answer.headers:
        with hospital_session(desk.hospital.code) as session:
            actor = f"account:{desk.by.id}"
            reading.record_read(session, actor=actor, fiche_id=fiche_id, route=request.endpoint or "")
    return answer


@contextmanager
def at_desk() -> Iterator[Desk]:
    """The signed-in person's; the first site of the hospital for who works for all of it."""
    with hospital_session(current_user.hospital_code or abort(404)) as session:
        hospital = bound_hospital()
        site = current_user.site_code or next(iter(hospital.sites), "")
        desk = Desk(session, hospital, site, Author(current_user.id, current_user.email), current_user)
        yield desk
        recent.keep(session, site, desk.chosen)
