"""What is being typed, kept every ten seconds by the page; forgotten when its author says so."""

from __future__ import annotations

import re

from flask import Blueprint, Response, abort, flash, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.access import requires
from app.accounts.sessions import way_back
from app.forms import drafts
from app.forms.desk import at_desk
from app.frame import PARIS

blueprint = Blueprint("form_drafts", __name__)
KEY = re.compile(r"[a-z0-9_.-]{1,120}")


@blueprint.post("/brouillons/<key>")
@requires("hospital:recueil:write")
def keep_draft(key: str) -> Response | tuple[Response, int]:
    with at_desk() as desk:
        try:
            at = drafts.keep(desk.session, desk.by.id, _checked(key), request.form.items(multi=True))
        except drafts.TooLong:
            return jsonify(message="Cette saisie est trop longue pour être gardée."), 413
    return jsonify(at=at.astimezone(PARIS).strftime("%H:%M"))


@blueprint.post("/brouillons/<key>/oublier")
@requires("hospital:recueil:write")
def forget_draft(key: str) -> AnyResponse:
    with at_desk() as desk:
        drafts.forget(desk.session, desk.by.id, _checked(key))
    flash("Votre saisie est oubliée : la page montre ce que la fiche contient.", "info")
    page = request.form.get("page", "")
    return redirect(page if way_back.is_ours(page) else url_for(way_back.HOME))


def _checked(key: str) -> str:
    return key if KEY.fullmatch(key) else abort(404)
