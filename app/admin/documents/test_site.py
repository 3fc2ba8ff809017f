"""The test site of the hospital (recette): opened by one click, filled with invented patients, emptied on demand."""

from __future__ import annotations

from flask import Blueprint, abort, flash, jsonify, render_template, request
from flask_admin import expose
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from app.access import requires
from app.accounts.let_in import let_chefs_in, let_in
from app.admin.base import Page
from app.admin.documents.work_page import progress
from app.admin.ids import once
from app.cda.channels.credentials import Opened, open_channel
from app.cda.channels.ways import Http
from app.cda.ingest import count
from app.operations.demo.populate import AT_ONCE, invented, populate
from app.structures.twin import empty, open_twin, twin_of
from app.tenants.bind import hospital_session, shared_session
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital
from app.works import jobs
from app.works.works import Work, last_of, open_work

MANAGES = "hospital:test_site:manage"
FILL = "fill"
PATIENTS, MOST_PATIENTS = 40, 2000
HOME = "/console/recette/"
blueprint = Blueprint("test_site_acts", __name__, url_prefix="/console/recette")


class TestSite(Page):
    reads, at_a_place = MANAGES, True
    __test__ = False  # not one of pytest's

    @expose("/")
    @requires(MANAGES)
    def index(self) -> str | Response:
        """As a page; as JSON for the script that follows the filling."""
        twin = _twin()
        if twin and request.accept_mimetypes.best == "application/json":
            with hospital_session(twin.code) as session:
                work = last_of(session, FILL) or abort(404)
            return jsonify(progress(work))
        return page()


@blueprint.post("/ouvrir")
@requires(MANAGES)
def open_it() -> str | Response:
    """Its token is in this answer, and nowhere afterwards."""
    hospital = _parent()
    if twin_of(hospital):
        return redirect(HOME)
    twin = open_twin(hospital, by=current_user.actor)
    with shared_session() as session:
        let_chefs_in(session, hospital, twin)
    opened = open_channel(twin, Http(), label=_("DPI de recette"), by=current_user.actor)
    _fill(twin, PATIENTS, once(request.form.get("asked_as")))
    flash(_("Le site de test est ouvert. Ses patients inventés arrivent."), "success")
    return page(opened)


@blueprint.post("/remplir")
@requires(MANAGES)
def fill() -> Response:
    given = request.form.get("patients", "")
    patients = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
    if not 1 <= patients <= MOST_PATIENTS:
        abort(400)
    _fill(_twin() or abort(404), patients, once(request.form.get("asked_as")))
    return redirect(HOME)


@blueprint.post("/vider")
@requires(MANAGES)
def empty_it() -> Response:
    twin = _twin() or abort(404)
    if request.form.get("confirmation", "").strip().upper() != twin.code:
        flash(_("Rien n’est vidé : écrire le code %(code)s pour confirmer.", code=twin.code), "warning")
        return redirect(HOME)
    empty(twin, by=current_user.actor)
    flash(_("Le site de test est vide."), "success")
    return redirect(HOME)


@blueprint.post("/inviter")
@requires(MANAGES)
def invite() -> Response:
    twin, email = _twin() or abort(404), request.form.get("email", "").replace("\0", "")
    with shared_session() as session:
        done = let_in(session, _parent(), twin, email, by=current_user.actor)
    if done:
        flash(_("Cette personne peut maintenant choisir le site de test dans son menu des sites."), "success")
    else:
        flash(_("Personne de l’hôpital n’a de compte ouvert à cette adresse. La vérifier."), "warning")
    return redirect(HOME)


def page(opened: Opened | None = None) -> str:
    twin, work, counts, fiches = _twin(), None, None, 0
    if twin:
        counts = count(twin)
        with hospital_session(twin.code) as session:
            work, fiches = last_of(session, FILL), invented(session, twin)
    here = {"twin": twin, "work": work, "counts": counts, "fiches": fiches, "opened": opened}
    more = {"asked_as": once(None), "patients": PATIENTS, "most": MOST_PATIENTS, "there": _is_there(twin)}
    return render_template("admin/documents/test_site.html", **here, **more)


def fill_piece(hospital: Hospital, work: Work) -> int:
    """The runner of « fill »: invented patients are numbered, so that what a piece cut short had added counts."""
    with hospital_session(hospital.code) as session:
        done = invented(session, hospital) - int(work.items[0])
    for added in populate(hospital, min(AT_ONCE, work.total - done)) if done < work.total else ():
        done += added
    return done


def _fill(twin: Hospital, patients: int, work_id: str) -> None:
    with hospital_session(twin.code) as session:
        first = str(invented(session, twin))
        open_work(session, FILL, total=patients, items=[first], by=current_user.actor, work_id=work_id)
    jobs.ring(twin.code, work_id)


def _is_there(twin: Hospital | None) -> bool:
    return twin is not None and current_user.hospital_code == twin.code


def _twin() -> Hospital | None:
    here = _here()
    return here if here.twin_of else twin_of(here)


def _parent() -> Hospital:
    here = _here()
    return find_hospital(here.twin_of) if here.twin_of else here


def _here() -> Hospital:
    return find_hospital(current_user.hospital_code or abort(404))
