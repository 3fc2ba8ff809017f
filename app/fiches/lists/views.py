"""What is done from a list: filter it, choose its columns, take it away. The list itself is in fiches.views."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import sheets
from app.access import requires
from app.fiches import reading
from app.fiches.lists import disease, saved
from app.fiches.lists.address import Address, NoSuchList, read_address
from app.fiches.lists.cells import lines_of
from app.fiches.lists.columns import COLUMNS, chosen
from app.fiches.lists.export import Taken, rows_of
from app.fiches.lists.filters import IN_THE_ADDRESS, STATUSES, BadFilters, read_filters
from app.fiches.lists.shown import asked_by, show
from app.tenants.bind import hospital_session

blueprint = Blueprint("lists", __name__, url_prefix="/fiches")
Answer = str | Response | tuple[str, int]


@blueprint.post("/filtres")
@requires("hospital:fiche:read")
def filter_list() -> Answer:
    address = asked_address(dict(request.form))
    try:
        filters = _read(dict(request.form))
    except BadFilters as refusal:
        return draw_list(address, refusal), 422
    words = {name: filters.pop(name, None) for name in IN_THE_ADDRESS}
    with hospital_session(_hospital()) as session:
        view = saved.keep_filters(session, current_user.id, filters) if filters else None
    return redirect(_path(address.at(vue=view, **words)))


@blueprint.post("/colonnes")
@requires("hospital:fiche:read")
def choose_columns() -> Answer:
    address = asked_address(dict(request.form))
    names = [column.name for column in COLUMNS if column.name in request.form.getlist("colonne")]
    with hospital_session(_hospital()) as session:
        saved.choose_columns(session, current_user.id, names)
    return redirect(_path(address.at()))


@blueprint.post("/exporter")
@requires("hospital:fiche:export")
def export() -> Answer:
    address, kind = asked_address(dict(request.form)), request.form.get("format", "")
    if kind not in sheets.KINDS:
        abort(404)
    with hospital_session(_hospital()) as session:
        filters = saved.find_filters(session, current_user.id, address.vue)
        columns = chosen(saved.chosen_columns(session, current_user.id))
    asked = asked_by(current_user, address, filters)
    taken = Taken(_hospital(), current_user.actor, address.liste, kind, asked, columns)
    return sheets.send(kind, "fiches", {column.label: column.read for column in columns}, rows_of(taken))


def asked_address(given: dict[str, str]) -> Address:
    try:
        return read_address(given, has_site=bool(current_user.site_code))
    except NoSuchList:
        abort(404)


def draw_list(address: Address, refusal: BadFilters | None = None) -> str:
    """The list, its reading traced (D2); `refusal` says what is wrong with the filters just typed."""
    with hospital_session(_hospital()) as session:
        shown = show(session, current_user, address)
        if shown.page.rows:
            ids = [row.id for row in shown.page.rows]
            reading.record_list(session, actor=current_user.actor, fiche_ids=ids, route=request.endpoint or "")
    typed = request.form if refusal else {**shown.filters, **address.filters}
    sentences = refusal.sentences if refusal else {}
    return render_template(
        "fiches/list.html",
        shown=shown,
        lines=lines_of(shown.page.rows, shown.columns[1:]),
        address=address,
        typed=typed,
        sentences=sentences,
        all_columns=COLUMNS,
        diagnosis_statuses=tuple(STATUSES.items()),
    )


def _read(form: dict[str, str]) -> dict[str, str]:
    sentences: dict[str, str] = {}
    filters: dict[str, str] = {}
    named = None
    try:
        named = disease.disease_of(form)
    except disease.UnknownDisease as refusal:
        sentences[disease.FIELD] = str(refusal)
    try:
        filters = read_filters({**form, disease.FIELD: named[0] if named else ""})
    except BadFilters as refusal:
        sentences |= refusal.sentences
    if sentences:
        raise BadFilters(sentences)
    return filters | ({disease.LABEL: named[1]} if named else {})


def _path(arguments: dict[str, Any]) -> str:
    return url_for("fiches.list_fiches", **arguments)


def _hospital() -> str:
    return current_user.hospital_code or abort(404)
