"""The queue of requests: age first, accept and refuse in the row, details beside the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import abort, flash, request
from flask_admin import expose
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from app.access import requires
from app.accounts.approval.decide import Done, NotThere, approve
from app.accounts.approval.rules import Refused
from app.accounts.approval.sentences import sentence
from app.accounts.approval.states import Act
from app.accounts.approval.subject import decider_of
from app.admin.account_lines import AccountLine, accounts_page, one_account
from app.admin.asked import Asked, Page
from app.admin.base import Console, back
from app.admin.buttons import buttons_of
from app.admin.ids import ids_in
from app.admin.menu import console_menu
from app.admin.perimeter import Perimeter
from app.admin.twins import with_twins
from app.admin.words import PROFESSIONS, STATES

AT_ONCE = 100
TABS = ("demandes", "non-confirmees", "refusees")


class Requests(Console):
    reads = "hospital:account:read"
    orders = ("attente", "nom", "profession")
    choices = {  # noqa: RUF012 - Flask-Admin's settings are class attributes
        "etat": {tab: STATES[tab] for tab in TABS},
        "qui": {"bndmr": _l("À décider par l’équipe BNDMR")},
        "profession": PROFESSIONS,
        "hopital": None,
        "site": None,
    }
    list_template = "admin/requests.html"

    @expose("/")
    @requires("hospital:console:open")
    def index_view(self) -> str:
        return self.list_page(tab=self.chosen().get("etat", TABS[0]), buttons_of=_buttons)

    @expose("/action/", methods=("POST",))
    @requires("hospital:account:decide")
    def action_view(self) -> Response:
        """Several requests accepted at once: each is its own decision, and says why when it could not be."""
        by = decider_of(current_user)
        outcomes = [approve(by, account_id) for account_id in ids_in(request.form.getlist("rowid"))[:AT_ONCE]]
        _tell_how_many(outcomes)
        return back()

    def inaccessible_callback(self, name: str, **_kwargs: object) -> Response:
        """This is the home of the consoles: whoever does not decide on requests is led to their own."""
        if name != "index_view":
            abort(403)
        return redirect(next(address for _name, address, _here in console_menu(self.admin)))

    def page(self, session: Session, perimeter: Perimeter, asked: Asked) -> Page:
        tab = asked.choices.get("etat", TABS[0])
        within = replace(asked, choices={**asked.choices, "etat": tab if tab in TABS else TABS[0]})
        found = accounts_page(session, perimeter, within, default="attente")
        return Page(found.count, list(with_twins(session, perimeter, found.rows)))

    def one(self, session: Session, perimeter: Perimeter, row_id: str) -> AccountLine | None:
        return one_account(session, perimeter, row_id)


def _buttons(line: AccountLine) -> dict[Act, Any]:
    return buttons_of(line.subject, (Act.APPROVE, Act.REFUSE, Act.RESEND))


def _tell_how_many(outcomes: Sequence[object]) -> None:
    done = sum(isinstance(outcome, Done) for outcome in outcomes)
    if done:
        flash(ngettext("Une demande est acceptée.", "%(num)s demandes sont acceptées.", done), "success")
    reasons = [sentence(outcome.reason) for outcome in outcomes if isinstance(outcome, Refused)]
    for reason in dict.fromkeys(reasons):
        count = reasons.count(reason)
        flash(_not_done(count) + " " + reason, "warning")
    if gone := sum(isinstance(outcome, NotThere) for outcome in outcomes):
        flash(_not_done(gone), "warning")
    if not outcomes:
        flash(str(_l("Aucune demande n’est cochée. Cocher celles à accepter, puis recommencer.")), "warning")


def _not_done(count: int) -> str:
    return ngettext("Une demande n’a pas pu être acceptée.", "%(num)s demandes n’ont pas pu être acceptées.", count)
