"""The screens of a merge: side by side, what will happen, done; and its undoing."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.access import requires
from app.fiches.record import Fiche
from app.fiches.shown.around import names_of
from app.fiches.shown.titles import head_of
from app.fiches.store import EditedMeanwhile, FicheMerged, FicheNotFound, StoredFiches
from app.identity.alerts.explained import explain
from app.identity.merging import shown
from app.identity.merging.merge import merge
from app.identity.merging.moves import where_borne
from app.identity.merging.part import active_merge, foresee, part
from app.identity.merging.plan import Plan, plan
from app.identity.merging.refusals import CHANGED_BEFORE_THE_MERGE, CHANGED_BEFORE_THE_PARTING, MergeRefused
from app.identity.views import author, hospital, trace
from app.tenants.bind import bound_hospital, hospital_session

blueprint = Blueprint("merging", __name__)
CHOICE, SIDE = "choix.", "cote."


@blueprint.get("/fiches/<uuid:kept_id>/fusion/<uuid:other_id>")
@requires("hospital:fiche:merge")
def compare(kept_id: object, other_id: object) -> str | Response:
    with hospital_session(hospital()) as session:
        foreseen = _foreseen(session, str(kept_id), str(other_id))
        return foreseen if isinstance(foreseen, Response) else _page("identity/merge.html", foreseen, {})


@blueprint.post("/fiches/<uuid:kept_id>/fusion/<uuid:other_id>")
@requires("hospital:fiche:merge")
def join(kept_id: object, other_id: object) -> str | Response:
    """Twice: what will happen is shown, then it is done. A second click finds it done."""
    with hospital_session(hospital()) as session:
        if request.form.get("etape") == "fusionner":
            return _merge(session, str(kept_id), str(other_id))
        foreseen = _foreseen(session, str(kept_id), str(other_id))
        if isinstance(foreseen, Response):
            return foreseen
        return _page("identity/confirm.html", foreseen, {**foreseen.suggested, **_given(CHOICE, foreseen.suggested)})


@blueprint.get("/fiches/<uuid:kept_id>/fusion/<uuid:other_id>/defaire")
@requires("hospital:fiche:merge")
def before_parting(kept_id: object, other_id: object) -> str | Response:
    with hospital_session(hospital()) as session:
        try:
            row = active_merge(session, str(kept_id), str(other_id))
        except MergeRefused as refusal:
            return _refused(refusal, kept_id)
        foreseen = foresee(session, bound_hospital(), row, {})
        trace(session, [row.kept_id, row.absorbed_id])
    now = foreseen.family.stored[row.kept_id]
    labels = {block.id: block for block in now.all_blocks()}
    doubts = shown.unclear(foreseen.shared.unclear, labels, foreseen.family.states)
    today = date.today()  # noqa: DTZ011 - an age is counted in local days
    return render_template(
        "identity/part.html",
        merge=row,
        version=now.version,
        doubts=doubts,
        settled=len(foreseen.shared.sides) - len(doubts),
        heads=[head_of(foreseen.kept, today), head_of(foreseen.other, today)],
        names=names_of({row.merged_by, *(doubt["by"] for doubt in doubts if doubt["by"])}),
    )


@blueprint.post("/fiches/<uuid:kept_id>/fusion/<uuid:other_id>/defaire")
@requires("hospital:fiche:merge")
def undo(kept_id: object, other_id: object) -> Response:
    sides = {key.removeprefix(SIDE): value for key, value in request.form.items() if key.startswith(SIDE)}
    version = request.form.get("vu", type=int)
    try:
        with hospital_session(hospital()) as session:
            part(session, str(kept_id), str(other_id), sides, read=version, by=author())
    except FicheNotFound:
        abort(404)
    except MergeRefused as refusal:
        return _refused(refusal, kept_id)
    except EditedMeanwhile:
        flash(CHANGED_BEFORE_THE_PARTING, "warning")
        return redirect(url_for("merging.before_parting", kept_id=kept_id, other_id=other_id))
    flash("La fusion est défaite : chaque fiche a retrouvé ce qui lui appartient.", "success")
    return redirect(url_for("fiches.show", fiche_id=kept_id))


def _merge(session: Session, kept_id: str, other_id: str) -> Response:
    choices = {key.removeprefix(CHOICE): value for key, value in request.form.items() if key.startswith(CHOICE)}
    read = (request.form.get("vu_gardee", 0, type=int), request.form.get("vu_autre", 0, type=int))
    try:
        merge(session, kept_id, other_id, choices, read=read, by=author())  # type: ignore[arg-type]
    except FicheNotFound:
        abort(404)
    except MergeRefused as refusal:
        return _refused(refusal, kept_id)
    except EditedMeanwhile:
        session.rollback()
        flash(CHANGED_BEFORE_THE_MERGE, "warning")
        return redirect(url_for("merging.compare", kept_id=kept_id, other_id=other_id))
    flash("Les deux fiches n’en font plus qu’une. La fusion peut être défaite à tout moment.", "success")
    return redirect(url_for("fiches.show", fiche_id=kept_id))


def _foreseen(session: Session, kept_id: str, other_id: str) -> Plan | Response:
    fiches = StoredFiches(session)
    try:
        kept, other = fiches.read(kept_id), fiches.read(other_id)
        foreseen = plan(kept, other, where_borne(session, kept.id, other.id))
    except FicheNotFound:
        abort(404)
    except MergeRefused as refusal:
        return _refused(refusal, kept_id)
    except FicheMerged as merged:
        flash("L’une de ces fiches a déjà été fusionnée.", "info")
        return redirect(url_for("fiches.show", fiche_id=merged.survivor))
    trace(session, [kept.id, other.id])
    return foreseen


def _page(template: str, foreseen: Plan, choices: dict[str, str]) -> str:
    sites, today = bound_hospital().sites, date.today()  # noqa: DTZ011 - an age is counted in local days
    given: dict[str, Any] = {
        "plan": foreseen,
        "groups": shown.groups(foreseen, sites),
        "added": shown.added(foreseen, sites),
        "explained": explain(foreseen.kept, foreseen.other),
        "heads": [head_of(fiche, today) for fiche in (foreseen.kept, foreseen.other)],
        "ids": [_ids(fiche) for fiche in (foreseen.kept, foreseen.other)],
        "choices": choices,
    }
    return render_template(template, **given)


def _ids(fiche: Fiche) -> list[str]:
    shown_ids = {"ins": "INS ••••{}", "ipp": "IPP {}"}
    known = [one for one in fiche.identifiers if one.kind in shown_ids]
    return [shown_ids[one.kind].format(one.extension[-4:] if one.kind == "ins" else one.extension) for one in known]


def _given(prefix: str, known: dict[str, Any]) -> dict[str, Any]:
    asked = {key: request.form.get(prefix + key) for key in known}
    return {key: value for key, value in asked.items() if value in ("kept", "other")}


def _refused(refusal: MergeRefused, fiche_id: object) -> Response:
    flash(str(refusal), "info")
    return redirect(url_for("fiches.show", fiche_id=fiche_id))
