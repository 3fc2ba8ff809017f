"""The accounts: who they are, where they work, how they sign in; one account beside the list; the list to take away."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, request
from flask_admin import expose
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import sheets
from app.access import requires
from app.admin import account_columns
from app.admin.account_lines import AccountLine, accounts_page, one_account
from app.admin.account_page import account_page
from app.admin.asked import Asked, Page
from app.admin.base import Console
from app.admin.ids import as_id
from app.admin.perimeter import Perimeter
from app.admin.places import hospitals_in, sites_in
from app.admin.words import PROFESSIONS, STATES
from app.audit import record_shared
from app.tenants.bind import shared_session
from app.tenants.directory import find_hospital

MOST_EXPORTED = 50_000


class Accounts(Console):
    reads = "hospital:account:read"
    orders = ("nom", "profession", "etat", "connexion")
    choices = {  # noqa: RUF012 - Flask-Admin's settings are class attributes
        "etat": {state: STATES[state] for state in ("actifs", "suspendus")},
        "profession": PROFESSIONS,
        "hopital": None,
        "site": None,
    }
    list_template = "admin/accounts.html"

    @expose("/")
    @requires("hospital:account:read")
    def index_view(self) -> str:
        with shared_session() as session:
            hospitals = hospitals_in(session, self.perimeter)
            sites = sites_in(session, self.perimeter, request.args.get("hopital"))
        named = [(f"{site.hospital}:{site.site}", site.label) for site in sites]
        return self.list_page(hospitals=[tuple(one) for one in hospitals], sites=named)

    @expose("/details/")
    @requires("hospital:account:read")
    def details_view(self) -> str:
        return account_page(as_id(request.args.get("id")))

    @expose("/export/<export_type>/")
    @requires("hospital:account:export")
    def export(self, export_type: str) -> Response:
        """The list as it is filtered, all its pages."""
        if export_type not in sheets.KINDS:
            abort(404)
        sort = self._get_column_by_idx(request.args.get("sort", type=int))
        asked = Asked(request.args.get("search"), self.chosen(), sort[0] if sort else None, page_size=MOST_EXPORTED)
        with shared_session() as session:
            found = self.page(session, self.perimeter, asked)
            _record_export(session, self.perimeter, len(found.rows))
        return sheets.send(export_type, "comptes", account_columns.columns(), found.rows)

    def page(self, session: Session, perimeter: Perimeter, asked: Asked) -> Page:
        state = asked.choices.get("etat", "")
        choices = {**asked.choices, "etat": state if state in self.choices["etat"] else "comptes"}
        return accounts_page(session, perimeter, replace(asked, choices=choices), default="nom")

    def one(self, session: Session, perimeter: Perimeter, row_id: str) -> AccountLine | None:
        return one_account(session, perimeter, row_id)


def _record_export(session: Session, perimeter: Perimeter, count: int) -> None:
    hospital_id = find_hospital(perimeter.hospital).id if perimeter.hospital else None
    detail = {"accounts": count}
    record_shared(session, actor=current_user.actor, action="account:export", hospital_id=hospital_id, detail=detail)
