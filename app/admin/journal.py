"""The journal: who did what. The national team reads the acts on accounts and each hospital's journal; a hospital's
manager reads their own hospital's."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, request
from flask_admin import expose
from sqlalchemy.orm import Session

from app.access import requires
from app.admin.asked import Asked, Page
from app.admin.base import Console
from app.admin.journal_lines import JournalLine, hospital_events, names_of, shared_events
from app.admin.perimeter import Perimeter
from app.admin.places import hospitals_in
from app.admin.words import ACTIONS
from app.audit.seal import verify_end
from app.tenants.bases import CONTROL
from app.tenants.bind import shared_session

FICHES, ACCOUNTS = "fiches", "comptes"
BOOKS = (FICHES, ACCOUNTS)


class Journal(Console):
    """Two books: who read and changed which fiche of a hospital; what was done to accounts."""

    reads = "hospital:audit:read"
    orders = ("moment",)
    choices = {  # noqa: RUF012 - Flask-Admin's settings are class attributes
        "livre": dict.fromkeys(BOOKS),
        "hopital": None,
        "acte": ACTIONS,
        "qui": None,
        "fiche": None,
        "jour": None,
    }
    page_size = 100
    list_template = "admin/journal.html"

    @expose("/")
    @requires("hospital:audit:read")
    def index_view(self) -> str:
        perimeter, book = self.perimeter, self._book()
        with shared_session() as session:
            hospitals = hospitals_in(session, perimeter)
        hospital = self._hospital(perimeter)
        chain = CONTROL if book == ACCOUNTS else hospital
        sealed = verify_end(chain) if chain else None
        here = {"hospitals": hospitals, "hospital": hospital, "book": book, "sealed": sealed}
        return self.list_page(**here, names_of=_names, national=perimeter.national)

    def page(self, session: Session, perimeter: Perimeter, asked: Asked) -> Page:
        hospital = self._hospital(perimeter)
        if self._book() == ACCOUNTS:
            return shared_events(hospital, replace(asked, page_size=self.page_size))
        return hospital_events(hospital, asked) if hospital else Page(0, [])

    def one(self, session: Session, perimeter: Perimeter, row_id: str) -> None:
        """An event is shown whole in its line."""

    def _book(self) -> str:
        default = ACCOUNTS if self.perimeter.national else FICHES
        asked = request.args.get("livre", default)
        return asked if asked in BOOKS else default

    def _hospital(self, perimeter: Perimeter) -> str | None:
        """The one chosen, if the perimeter holds it; the manager's own."""
        if not perimeter.national:
            return perimeter.hospital or abort(404)
        asked = request.args.get("hopital", "").replace("\0", "") or None
        with shared_session() as session:
            known = {hospital.code for hospital in hospitals_in(session, perimeter)}
        return asked if asked in known else (abort(404) if asked else None)


def _names(lines: list[JournalLine]) -> dict[str, str]:
    return names_of([line.actor for line in lines] + [line.about or "" for line in lines])
