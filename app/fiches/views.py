"""The screens of the fiche: home, list, search, the fiche, the origin of a value, the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.access import requires
from app.clock import now
from app.definitions.published import published_recueils
from app.fiches import history, reading
from app.fiches.alerts import count_open
from app.fiches.find import Listed
from app.fiches.lists.last import last_of_site, my_last
from app.fiches.lists.models import HOSPITAL
from app.fiches.lists.pages import count_by_quality
from app.fiches.lists.views import asked_address, draw_list
from app.fiches.missing.to_do import to_do_of
from app.fiches.proposals import count_waiting
from app.fiches.quality import assess
from app.fiches.record import BlockRecord, Fiche
from app.fiches.recueils.origin import origin_in
from app.fiches.recueils.save import held_by
from app.fiches.recueils.screen import draw_panels
from app.fiches.search.find import SLIPPED, matches
from app.fiches.shown.around import look_around, names_of, signers
from app.fiches.shown.chips import Chips, rule_sentence
from app.fiches.shown.origin import ValueOrigin, origin_of
from app.fiches.shown.screen import draw
from app.fiches.shown.titles import head_of, name_of, title_of
from app.fiches.store import FicheMerged, FicheNotFound, StoredFiches
from app.tenants.bind import bound_hospital, hospital_session, shared_session
from app.terminology.missing_code_answers import has_news

blueprint = Blueprint("fiches", __name__)


@blueprint.get("/")
@requires("own:home:read")
def home() -> str:
    if not (current_user.place and current_user.can("hospital:fiche:read")):
        return render_template("fiches/home_without_fiches.html")
    with hospital_session(current_user.hospital_code) as session:
        site = current_user.site_code or HOSPITAL
        mine = my_last(session, current_user.email)
        last = mine or last_of_site(session, site)
        counts, alerts = count_by_quality(session, site), count_open(session)
        waiting = count_waiting(session, current_user.site_code)
        _trace_list(session, last)
    here = {"last": last, "mine": bool(mine), "counts": counts, "alerts": alerts, "waiting": waiting}
    return render_template("fiches/home.html", **here, news=_news())


def _news() -> int:
    """How many of one's requests for a missing code were answered lately."""
    if not current_user.was_answered:
        return 0
    with shared_session() as session:
        return has_news(session, current_user.id)


@blueprint.get("/fiches")
@requires("hospital:fiche:read")
def list_fiches() -> str:
    return draw_list(asked_address(request.args.to_dict()))


@blueprint.get("/recherche")
@requires("hospital:fiche:read")
def search_fiches() -> str:
    asked = request.args.get("q", "")[:200].replace("\0", " ").strip()  # PostgreSQL holds no zero
    with hospital_session(_hospital()) as session:
        found = matches(session, asked)
        _trace_list(session, [match.line for match in found])
    whys = {match.line.id: match.why for match in found}
    slipped = sum(why == SLIPPED for why in whys.values())
    return render_template("fiches/search.html", asked=asked, matches=found, whys=whys, slipped=slipped)


@blueprint.get("/fiches/<uuid:fiche_id>")
@requires("hospital:fiche:read")
def show(fiche_id: object) -> str:
    with hospital_session(_hospital()) as session:
        fiche = _read(session, fiche_id)
        around, sites = look_around(session, fiche), bound_hospital().sites
        _trace_linked(session, fiche, around.linked)
    quality = assess(fiche)
    held = around.held
    chips = Chips(
        around.versions,
        names_of(signers(fiche) | {stamp.by for one in held for stamp in one.stamps.values() if stamp.by}),
    )
    emptied = {(one.block_id, one.item): one for one in around.proposals if one.kind == "emptied"}
    created = {one.block_id: one for one in around.proposals if one.kind == "site_created"}
    return render_template(
        "fiches/fiche.html",
        fiche=fiche,
        head=head_of(fiche, date.today(), around.fetus),  # noqa: DTZ011 - an age is counted in local days
        quality=quality,
        sections=draw(fiche, quality.problems, chips, sites, frozenset(emptied), frozenset(created)),
        to_do=to_do_of(fiche, quality.problems, sites),
        around=around,
        emptied=emptied,
        created=created,
        recueils=draw_panels(published_recueils(), fiche, held, chips, current_user, now().date()),
    )


@blueprint.get("/fiches/<uuid:fiche_id>/origine/<uuid:block_id>/<item>")
@requires("hospital:fiche:read")
def origin(fiche_id: object, block_id: object, item: str) -> str:
    with hospital_session(_hospital()) as session:
        fiche = _read(session, fiche_id)
        found = origin_of(session, fiche, str(block_id), item) or _origin_in_recueils(session, fiche, block_id, item)
    names = names_of({stamp.by for stamp in (found.stamp, found.former_stamp) if stamp and stamp.by})
    return render_template(
        "fiches/origin.html", fiche=fiche, origin=found, names=names, rule=rule_sentence(found.stamp.rule)
    )


def _origin_in_recueils(session: Session, fiche: Fiche, block_id: object, item: str) -> ValueOrigin:
    held = held_by(session, fiche.id)
    return origin_in(session, published_recueils(), held, str(block_id), item) or abort(404)


@blueprint.get("/fiches/<uuid:fiche_id>/historique")
@requires("hospital:fiche:read")
def show_history(fiche_id: object) -> str:
    block_id = request.args.get("bloc")
    with hospital_session(_hospital()) as session:
        fiche = _read(session, fiche_id)
        editions = [one for one in history.history(session, fiche) if block_id in (None, one.block_id)]
        titles = {one.id: _title(one, bound_hospital().sites) for one in fiche.all_blocks()}
    return render_template(
        "fiches/history.html",
        fiche=fiche,
        name=name_of(fiche.patient.answers, fiche.kind),
        editions=editions,
        names=names_of({edition.by for edition in editions if edition.by}),
        block_id=block_id,
        titles=titles,
        aside={one.id for one in fiche.set_aside},
        now={one.id: one.answers for one in fiche.all_blocks()},
        newest={one.block_id: one.number for one in reversed(editions)},
    )


def _title(record: BlockRecord, sites: Mapping[str, str]) -> str:
    return "" if record.block == "patient" else title_of(record, sites)[0]


@blueprint.app_errorhandler(FicheMerged)
def follow_the_merge(merged: FicheMerged) -> Response:
    """Whatever page of it was asked, reading or writing: its id is another name of the fiche that took it in (M1)."""
    flash("Cette fiche a été fusionnée avec celle-ci : tout ce qu’elle contenait est ici, ou dans la fusion.", "info")
    return redirect(url_for("fiches.show", fiche_id=merged.survivor))


def _read(session: Session, fiche_id: object) -> Fiche:
    """The fiche, with the trace of its reading in the same transaction (D2)."""
    try:
        fiche = StoredFiches(session).read(str(fiche_id))
    except FicheNotFound:
        abort(404)
    reading.record_read(session, actor=current_user.actor, fiche_id=fiche.id, route=request.endpoint or "")
    return fiche


def _trace_list(session: Session, shown: Sequence[Listed]) -> None:
    if shown:
        ids = [line.id for line in shown]
        reading.record_list(session, actor=current_user.actor, fiche_ids=ids, route=request.endpoint or "")


def _trace_linked(session: Session, fiche: Fiche, linked: Iterable[str]) -> None:
    """The mother, the fetuses, the other ends of the alerts: the page names them too."""
    if others := [one for one in linked if one != fiche.id]:
        reading.record_list(session, actor=current_user.actor, fiche_ids=others, route=request.endpoint or "")


def _hospital() -> str:
    return current_user.hospital_code or abort(404)
