"""The consoles under /console/, in the order of their menu."""

from __future__ import annotations

from flask import Flask
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
from app.admin.details import said
from app.admin.documents import channels, document_acts, document_page, test_site, upload, work_page
from app.admin.documents import words as document_words
from app.admin.documents.channels import Channels
from app.admin.documents.journal import Documents
from app.admin.documents.test_site import TestSite
from app.admin.documents.trial import Trial
from app.admin.documents.upload import Upload
from app.admin.hospitals import HospitalLine, Hospitals
from app.admin.journal import Journal
from app.admin.journal_lines import JournalLine
from app.admin.menu import console_menu
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
        Documents(_l("Documents reçus"), endpoint="console_documents", url="documents"),
        Upload(_l("Déposer"), endpoint="console_upload", url="depot"),
        Trial(_l("Essayer"), endpoint="console_trial", url="essai"),
        Channels(_l("Canaux"), endpoint="console_channels", url="canaux"),
        TestSite(_l("Site de test"), endpoint="console_test_site", url="recette"),
        Permissions(_l("Permissions"), endpoint="console_permissions", url="permissions"),
    )
    admin.init_app(app)
    for pages in (acts, document_page, document_acts, work_page, upload, channels, test_site):
        app.register_blueprint(pages.blueprint)
    app.jinja_env.globals |= {"words": words, "said": said, "document_words": document_words, "state_words": STATES}
    app.jinja_env.filters |= {"waiting": waiting, "days_since": days_since}
    app.jinja_env.globals["console_menu"] = lambda: console_menu(admin)
