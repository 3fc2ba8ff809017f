"""The editions of definitions, for the national team: describe, weigh on the fiches of all hospitals, publish."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.access import requires
from app.admin.base import Page
from app.clock import now
from app.definitions import keep
from app.definitions.editions import FAMILIES
from app.definitions.models import DefinitionEdition, DefinitionImpact
from app.definitions.published import in_force, published_recueils
from app.fiches.impact import reports
from app.fiches.impact.weigh import Event
from app.tenants.bind import shared_session

READS, PUBLISHES = "nation:definition:read", "nation:definition:publish"
LONGEST = 200_000
NO_ZERO = "\\u0000"
"""As JSON writes the character that PostgreSQL does not hold."""
EVENTS: Mapping[Event, object] = {
    "gains": _l("doivent une réponse de plus"),
    "loses": _l("doivent une réponse de moins"),
    "refused": _l("ont une valeur qui n’est plus acceptée"),
    "accepted": _l("ont une valeur de nouveau acceptée"),
    "unasked": _l("gardent une réponse qui n’est plus demandée"),
    "uncompleted": _l("ne sont plus complètes"),
    "completed": _l("deviennent complètes"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An edition and its last report."""

    edition: DefinitionEdition
    impact: DefinitionImpact | None


class Definitions(Page):
    reads = READS

    @expose("/")
    @requires(READS)
    def index(self) -> str:
        return self._page()

    @expose("/<uuid:edition_id>/")
    @requires(READS)
    def report(self, edition_id: UUID) -> str:
        with shared_session() as session:
            line = _line(session, _find(session, edition_id))
            session.expunge_all()
        return self.render("admin/definition.html", line=line, families=FAMILIES, events=EVENTS, labels=_labels(line))

    @expose("/decrire/", methods=("POST",))
    @requires(PUBLISHES)
    def describe(self) -> Response | tuple[str, int]:
        family, label = request.form.get("family", ""), request.form.get("label", "").replace("\0", "")
        try:
            with shared_session() as session:
                keep.describe(session, family, label, _changes(), by=current_user.actor)
        except (keep.BadDescription, keep.DefinitionError) as fault:
            flash(_("Rien n’est enregistré : %(fault)s", fault=str(fault)), "danger")
            return self._page(dict(request.form)), 422
        flash(_("L’édition est décrite : demandez son rapport d’impact."), "success")
        return redirect(url_for(".index"))

    @expose("/<uuid:edition_id>/rapport/", methods=("POST",))
    @requires(PUBLISHES)
    def ask(self, edition_id: UUID) -> Response:
        with shared_session() as session:
            reports.ask(session, _find(session, edition_id), by=current_user.actor)
        flash(_("Le rapport est demandé : il se calcule hôpital par hôpital, en quelques minutes."), "success")
        return redirect(url_for(".report", edition_id=edition_id))

    @expose("/<uuid:edition_id>/publier/", methods=("POST",))
    @requires(PUBLISHES)
    def publish(self, edition_id: UUID) -> Response:
        try:
            with shared_session() as session:
                keep.publish(session, _find(session, edition_id), _day(), by=current_user.actor)
        except keep.CannotPublish as refusal:
            flash(str(refusal), "warning")
        else:
            flash(_("L’édition est publiée pour tous les hôpitaux."), "success")
        return redirect(url_for(".report", edition_id=edition_id))

    def _page(self, typed: Mapping[str, str] | None = None) -> str:
        with shared_session() as session:
            rows = session.scalars(select(DefinitionEdition).order_by(DefinitionEdition.described_at.desc())).all()
            lines = [_line(session, row) for row in rows]
            session.expunge_all()
        current = {name: in_force(recueil) for name, recueil in published_recueils().items()}
        today = now().date()
        told = {"lines": lines, "families": FAMILIES, "current": current, "typed": typed or {}, "today": today}
        return self.render("admin/definitions.html", events=EVENTS, **told)


def _find(session: Session, edition_id: UUID) -> DefinitionEdition:
    return session.get(DefinitionEdition, edition_id) or abort(404)


def _line(session: Session, row: DefinitionEdition) -> Line:
    last = select(DefinitionImpact).where(DefinitionImpact.edition_id == row.id).order_by(DefinitionImpact.id.desc())
    return Line(row, session.scalars(last.limit(1)).first())


def _changes() -> Any:
    text = request.form.get("changes", "")[:LONGEST]
    try:
        if NO_ZERO in text or "\0" in text:
            raise ValueError
        return json.loads(text)
    except (ValueError, RecursionError):
        raise keep.BadDescription(_("les changements ne sont pas un JSON lisible.")) from None


def _day() -> date:
    try:
        return date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        raise keep.CannotPublish(_("Indiquer le premier jour d’application.")) from None


def _labels(line: Line) -> dict[str, str]:
    """Item → its label, before or after the edition."""
    with shared_session() as session:
        step = keep.step_in(session, keep.as_described(line.edition))
    return {item.name: item.label for block in (*step.after, *step.before) for item in block.items}
