"""The consoles under /console/, in the order of their menu."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, request
from flask_admin import Admin
from flask_admin.theme import Bootstrap4Theme
from flask_babel import lazy_gettext as _l

from app.accounts.approval.sentences import STATES
from app.admin import acts, words
from app.admin.account_lines import AccountLine
from app.admin.accounts import Accounts
from app.admin.ages import days_since, waiting
from app.admin.base import HOME
from app.admin.definitions import Definitions
from app.admin.hospitals import HospitalLine, Hospitals
from app.admin.journal import Journal
from app.admin.journal_lines import JournalLine
from app.admin.missing_codes import MissingCodes
from app.admin.permissions import Permissions
from app.admin.requests import Requests
from app.admin.sites import SiteLine, Sites
from app.headers import csp_nonce
from app.terminology.missing_code_answers import Line


def init_app(app: Flask) -> None:
    """Each application has its own: Flask-Admin keeps the application in its views."""
    admin = Admin(
        name="BaMaRa",
        url=HOME.rstrip("/"),
        index_view=Requests(AccountLine, _l("Demandes"), "console", HOME.rstrip("/")),
        theme=Bootstrap4Theme(base_template="admin/console.html", swatch="default"),
        csp_nonce_generator=csp_nonce,
    )
    admin.add_views(
        Accounts(AccountLine, _l("Comptes"), "console_accounts", "comptes"),
        Sites(SiteLine, _l("Sites"), "console_sites", "sites"),
        Hospitals(HospitalLine, _l("Hôpital"), "console_hospitals", "hopitaux"),
        Journal(JournalLine, _l("Journal"), "console_journal", "journal"),
        Definitions(_l("Définitions"), endpoint="console_definitions", url="definitions"),
        MissingCodes(Line, _l("Codes absents"), "console_missing_codes", "codes-absents"),
        Permissions(_l("Permissions"), endpoint="console_permissions", url="permissions"),
    )
    admin.init_app(app)
    app.register_blueprint(acts.blueprint)
    app.jinja_env.globals |= {"words": words, "state_words": STATES}
    app.jinja_env.filters |= {"waiting": waiting, "days_since": days_since}
    app.jinja_env.globals["console_menu"] = lambda: menu(admin)


def menu(admin: Admin) -> Iterator[tuple[str, str, bool]]:
    """(name, address, is it this one) of the consoles that this person may open."""
    for item in admin.menu():
        if item.is_accessible():
            here = request.blueprint == item._view.endpoint
            yield str(item.name), item.get_url(), here
