"""« Code absent »: what a clinician asks of the filière when no list has the code, and what became of it.

Nothing of a patient goes with it: the names and identifiers of the fiche one comes from are looked for in the words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.access import requires
from app.fiches import reading
from app.fiches.record import Fiche
from app.fiches.store import FicheNotFound, StoredFiches
from app.sdm.definition import BLOCKS
from app.tenants.bind import bound_hospital, hospital_session, shared_session
from app.terminology.missing_code_answers import of_account
from app.terminology.missing_codes import BadRequest, MissingCode, ask, refuse_words_of

SENT = "La demande est transmise à la filière de votre site. Sa réponse s’affichera ici et sur votre accueil."
blueprint = Blueprint("missing_codes", __name__)
FROM_FICHE = re.compile(r"/fiches/([0-9a-f-]{36})\b")
LISTS = {
    "diagnosis": ("orpha", "Une maladie rare (Orphanet)"),
    "description": ("hpo", "Un signe clinique (HPO)"),
    "genes": ("hgnc", "Un gène (HGNC)"),
    "cim10": ("cim10", "Une maladie non rare (CIM-10)"),
}
"""What may be asked for: by the list where it was looked for."""


@blueprint.get("/codes-absents")
@requires("hospital:missing_code:ask")
def show() -> str:
    found = FROM_FICHE.search(request.referrer or "")
    return _page({"liste": request.args.get("liste", ""), "fiche": found[1] if found else ""})


@blueprint.post("/codes-absents")
@requires("hospital:missing_code:ask")
def send() -> Response | tuple[str, int]:
    typed = {name: request.form.get(name, "") for name in ("liste", "libelle", "commentaire", "fiche")}
    if typed["liste"] not in LISTS:
        abort(400)
    missing = MissingCode(LISTS[typed["liste"]][0], typed["libelle"], typed["commentaire"])
    try:
        _refuse_words_of_the_fiche(missing, typed["fiche"])
        with shared_session() as session:
            where = {"hospital_id": _hospital_id(), "site_code": current_user.site_code or ""}
            ask(session, missing, by=current_user.id, **where)
    except BadRequest as refusal:
        return _page(typed, str(refusal)), 422
    flash(SENT, "success")
    return redirect(url_for("missing_codes.show"))


def _page(typed: dict[str, str], error: str = "") -> str:
    with shared_session() as session:
        lines = of_account(session, current_user.id)
    return render_template("forms/missing_codes.html", typed=typed, error=error, lines=lines, lists=LISTS)


def _hospital_id() -> str:
    with hospital_session(current_user.hospital_code or abort(404)):
        return bound_hospital().id


def _refuse_words_of_the_fiche(missing: MissingCode, fiche_id: str) -> None:
    """Raises BadRequest when the words name the patient of the fiche one comes from."""
    with hospital_session(current_user.hospital_code or abort(404)) as session:
        fiche = _fiche(session, fiche_id)
        if fiche:
            refuse_words_of(missing, _names_of(fiche))


def _fiche(session: Session, fiche_id: str) -> Fiche | None:
    """Its reading is traced, though nothing of it is shown (D2)."""
    if not re.fullmatch(r"[0-9a-f-]{36}", fiche_id):
        return None
    try:
        fiche = StoredFiches(session).read(fiche_id)
    except FicheNotFound:
        return None
    reading.record_read(session, actor=current_user.actor, fiche_id=fiche.id, route=request.endpoint or "")
    return fiche


def _names_of(fiche: Fiche) -> Iterator[str]:
    nominative = (item.name for item in BLOCKS["patient"].items if item.nominative and "name" in item.name)
    for name in nominative:
        value = fiche.patient.answers.get(name)
        if isinstance(value, str):
            yield value
    yield from (identifier.extension for identifier in fiche.identifiers)
