"""The sheets: a fiche, its bordereau, the blank bordereau. Each is made in memory, with the trace of its reading (D2),
under a name that tells nobody's (D3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, request
from flask_login import current_user
from sqlalchemy.orm import Session

from app import clock
from app.access import requires
from app.definitions.published import published_recueils
from app.fiches import reading
from app.fiches.quality import assess
from app.fiches.record import Fiche, Kind
from app.fiches.recueils.record import RecueilRecord
from app.fiches.recueils.right import why_not
from app.fiches.recueils.save import held_by
from app.fiches.recueils.screen import context_of, draw_panels
from app.fiches.shown.around import Around, look_around, names_of, signers
from app.fiches.shown.chips import Chips
from app.fiches.shown.screen import draw
from app.fiches.shown.titles import head_of
from app.fiches.store import FicheNotFound, StoredFiches
from app.frame import moment
from app.languages import FRENCH, speaking
from app.paper.bordereau import blank_bordereau, filled_bordereau
from app.paper.collections import Shelf, shelves_of
from app.paper.fiche_sheet import FicheSheet, fiche_sheet
from app.paper.imprint import Imprint
from app.paper.press import print_sheet
from app.paper.question import Desk
from app.sdm.view import Context
from app.tenants.bind import bound_hospital, hospital_session
from app.tenants.directory import find_hospital

blueprint = Blueprint("paper", __name__)


@blueprint.get("/fiches/<uuid:fiche_id>/imprimer")
@requires("hospital:fiche:read")
def print_fiche(fiche_id: object) -> Response:
    """`?origines=oui` says beside each value where it comes from."""
    with hospital_session(_hospital()) as session:
        fiche = _read(session, fiche_id)
        around = look_around(session, fiche)
        sites = bound_hospital().sites
    with_sources = request.args.get("origines") == "oui"
    return _pdf("fiche", _sheet_of(fiche, around, sites, with_sources=with_sources))


@blueprint.get("/fiches/<uuid:fiche_id>/bordereau")
@requires("hospital:fiche:read")
def print_bordereau(fiche_id: object) -> Response:
    with hospital_session(_hospital()) as session:
        fiche = _read(session, fiche_id)
        held = held_by(session, fiche.id)
        sites = bound_hospital().sites
    head = head_of(fiche, date.today())  # noqa: DTZ011 - an age is counted in local days
    desk = Desk(sites, current_user.site_code or "")
    shelves = _shelves(context_of(fiche, clock.now().date()), held)
    return _pdf("bordereau", filled_bordereau(fiche, head, desk, _imprint(), shelves))


@blueprint.get("/bordereau")
@requires("own:help:read")
def print_blank_bordereau() -> Response:
    """`?type=foetus` for a fetus. It holds nobody's values: no trace."""
    sites = find_hospital(current_user.hospital_code).sites if current_user.place else {}
    desk = Desk(sites, current_user.site_code or "")
    kind: Kind = "fetus" if request.args.get("type") == "foetus" else "born"
    return _pdf("bordereau", blank_bordereau(kind, desk, _imprint(), _shelves(Context(kind))))


def _shelves(context: Context, held: Sequence[RecueilRecord] = ()) -> list[Shelf]:
    """Of the collections that this person fills: a sheet asks nobody what they could not type."""
    mine = [one for one in published_recueils().values() if not why_not(one, current_user)]
    return shelves_of(mine, context, held, clock.now().date())


def _sheet_of(fiche: Fiche, around: Around, sites: dict[str, str], *, with_sources: bool) -> FicheSheet:
    quality = assess(fiche)
    people = signers(fiche) | {stamp.by for one in around.held for stamp in one.stamps.values() if stamp.by}
    chips = Chips(around.versions, names_of(people) if with_sources else {})
    emptied = frozenset((one.block_id, one.item) for one in around.proposals if one.kind == "emptied")
    return fiche_sheet(
        fiche,
        head_of(fiche, date.today(), around.fetus),  # noqa: DTZ011 - an age is counted in local days
        quality,
        draw(fiche, quality.problems, chips, sites, emptied),
        _imprint(),
        [alert.explanation for alert in around.alerts],
        panels=draw_panels(published_recueils(), fiche, around.held, chips, current_user, clock.now().date()),
        with_sources=with_sources,
    )


def _imprint() -> Imprint:
    place, at = current_user.place, clock.now()
    with speaking(FRENCH):
        when = moment(at)
    if place is None:
        return Imprint("", "", current_user.name, at, when)
    return Imprint(place.hospital_name, place.site_label, current_user.name, at, when, place.test_site)


def _read(session: Session, fiche_id: object) -> Fiche:
    """The fiche, with the trace of its printing in the same transaction (D2)."""
    try:
        fiche = StoredFiches(session).read(str(fiche_id))
    except FicheNotFound:
        abort(404)
    reading.record_print(session, actor=current_user.actor, fiche_id=fiche.id, route=request.endpoint or "")
    return fiche


def _pdf(name: str, content: Any) -> Response:
    answer = Response(print_sheet(name, content, content.imprint.at), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}-{content.imprint.at:%Y-%m-%d}.pdf"'
    return answer


def _hospital() -> str:
    return current_user.hospital_code or abort(404)
