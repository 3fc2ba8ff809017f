"""The validator: a document dropped or pasted, its errors and warnings with their lines, and item by item what it would
change, by which rule. Nothing is written but the trace of whoever asked (O5, D2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_admin import expose
from flask_babel import gettext as _
from flask_login import current_user

from app.access import requires
from app.admin.base import Page
from app.admin.documents.dropped import files_of, read
from app.cda.channels.upload import Dropped
from app.cda.previewed import preview_for
from app.cda.watch.changes import lines_of
from app.cda.watch.opened import excerpts_of, findings_of, reason
from app.tenants.directory import find_hospital

TRIES, REVEALS = "hospital:document:preview", "hospital:document:reveal"


class Trial(Page):
    reads, at_a_place = TRIES, True

    @expose("/")
    @requires(TRIES)
    def index(self) -> str:
        return self.render("admin/documents/trial.html")

    @expose("/", methods=("POST",))
    @requires(TRIES)
    def attempt(self) -> str | tuple[str, int]:
        """The answer is the page itself: the document is kept nowhere."""
        given = _given()
        if not given.body:
            return self.render("admin/documents/trial.html", sorry=_("Choisir un fichier, ou coller un document.")), 422
        revealed = "reveler" in request.form and current_user.can(REVEALS)
        hospital = find_hospital(current_user.hospital_code)
        by, route = current_user.actor, request.endpoint or ""
        shown = preview_for(by, hospital, given.body, route=route, is_mail=given.is_mail, revealed=revealed)
        tried = [_told(one, given.body, revealed) for one in shown.get("documents", [shown])]
        return self.render("admin/documents/trial.html", tried=tried, revealed=revealed)


def _given() -> Dropped:
    """The file, else what was pasted."""
    chosen = files_of(request.files.getlist("fichiers"))
    return read(chosen[0]) if chosen else Dropped(request.form.get("texte", "").strip().encode(), is_mail=False)


def _told(shown: Mapping[str, Any], body: bytes, revealed: bool) -> dict[str, Any]:
    report = {"detail": shown["detail"], "line": shown["line"], "findings": shown["warnings"]}
    return {
        "state": shown["outcome"],
        "code": shown["code"],
        "why": reason(shown["code"]),
        "known": shown["fiche_id"] is not None,
        "findings": findings_of(report),
        "excerpts": excerpts_of(body, report, revealed=revealed),
        "changes": lines_of(shown["changes"], revealed=revealed, before="from", after="to"),
    }
