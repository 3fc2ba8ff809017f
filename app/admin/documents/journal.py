"""The journal of received documents: counts and chart, oldest that waits, rejections by code, list, search."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, request
from flask_admin import expose
from flask_login import current_user
from sqlalchemy.orm import Session

from app.access import requires
from app.admin.base import Page
from app.admin.documents.chart import draw
from app.admin.documents.nation import page_of_the_nation
from app.admin.perimeter import Perimeter, perimeter_of
from app.admin.places import hospitals_in
from app.cda.watch import counts, listing
from app.cda.watch.opened import reason
from app.cda.watch.sought import Sought, sought
from app.clock import new_id
from app.tenants.bind import hospital_session, shared_session

COUNTS, READS = "hospital:document:count", "hospital:document:read"


class Documents(Page):
    reads = COUNTS

    @expose("/")
    @requires(COUNTS)
    def index(self) -> str:
        """With its list for the people of the hospital; for the nation, each hospital's counts."""
        hospital = _hospital(perimeter_of(current_user, COUNTS))
        if hospital is None:
            return self.render("admin/documents/nation.html", nation=page_of_the_nation())
        asked = sought(request.args)
        with hospital_session(hospital) as session:
            figures = counts.figures(session)
            here = _list(session, asked) if _reads(hospital) else {}
        chart = draw(figures.days)
        return self.render("admin/documents/journal.html", figures=figures, chart=chart, reason=reason, **here)


def _reads(hospital: str) -> bool:
    """A role counts at the hospital where it is held: that of the page, not the one that the nation chose."""
    return hospital == current_user.hospital_code and current_user.can(READS)


def _list(session: Session, asked: Sought) -> dict[str, object]:
    """`asked_as` makes of a button pressed twice one replay."""
    page = listing.page_of(session, asked)
    number = listing.number_of(session, replace(asked, before=None))
    return {"asked": asked, "page": page, "number": number, "asked_as": new_id(), "most": listing.MOST_TOGETHER}


def _hospital(perimeter: Perimeter) -> str | None:
    """One's own; for the nation the one chosen, which exists."""
    if not perimeter.national:
        return perimeter.hospital or abort(404)
    chosen = request.args.get("hopital", "").replace("\0", "")
    with shared_session() as session:
        known = {hospital.code for hospital in hospitals_in(session, perimeter)}
    return chosen if chosen in known else (abort(404) if chosen else None)
