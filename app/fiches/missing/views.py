"""« Ce qui manque »: the fiches to complete and to correct, each item a link to the very field that answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask_login import current_user
from sqlalchemy.orm import Session

from app.access import requires
from app.clock import now
from app.fiches import reading
from app.fiches.lists.filters import STATES
from app.fiches.lists.models import HOSPITAL
from app.fiches.lists.pages import count_by_quality
from app.fiches.missing.to_do import ToDo, named, to_do_of
from app.fiches.missing.work_list import Lacks, WorkPage, page_of, what_lacks
from app.fiches.quality import State, assess
from app.fiches.record import Fiche
from app.fiches.shown.titles import Head, head_of
from app.frame import PARIS
from app.tenants.bind import bound_hospital, hospital_session

blueprint = Blueprint("work_list", __name__)
EVERYTHING = "tout"
"""In an address: every item."""
TO_DO_STATES = ("a-completer", "a-corriger", "brouillons")


@dataclass(frozen=True, slots=True)
class Line:
    id: str
    head: Head
    state: State
    to_do: list[ToDo]


@blueprint.get("/fiches/ce-qui-manque")
@requires("hospital:fiche:read")
def work_list() -> str:
    item, state = request.args.get("item", ""), request.args.get("etat", "")
    if state and state not in TO_DO_STATES:
        abort(404)
    with hospital_session(current_user.hospital_code or abort(404)) as session:
        lacks = what_lacks(session, current_user.site_code)
        page = _page(session, lacks, item, STATES.get(state))
        lines = [_line(fiche, bound_hospital().sites, item) for fiche in page.fiches]
        counts = count_by_quality(session, current_user.site_code or HOSPITAL)
    chosen = next((one for one in lacks.items if one.item == item), None)
    return render_template(
        "fiches/work_list.html",
        lacks=lacks,
        lines=lines,
        page=page,
        item=item,
        chosen=chosen,
        state=state,
        counts=counts,
        quality_of=STATES,
        named=named,
    )


def _page(session: Session, lacks: Lacks, item: str, quality: str | None) -> WorkPage:
    keys = lacks.keys.get(item, []) if item else None
    after = _uuid(request.args.get("apres"))
    page = page_of(session, current_user.site_code, keys=keys, quality=quality, after=after)
    if page.fiches:
        shown = [fiche.id for fiche in page.fiches]
        reading.record_list(session, actor=current_user.actor, fiche_ids=shown, route=request.endpoint or "")
    return page


def _line(fiche: Fiche, sites: Mapping[str, str], item: str) -> Line:
    quality = assess(fiche)
    to_do = to_do_of(fiche, quality.problems, sites, first=item, then=item or EVERYTHING)
    return Line(fiche.id, head_of(fiche, now().astimezone(PARIS).date()), quality.state, to_do)


def _uuid(text: str | None) -> str | None:
    """What is no id shows the first page."""
    try:
        return str(UUID(text or ""))
    except ValueError:
        return None
