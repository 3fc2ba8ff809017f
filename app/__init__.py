"""BaMaRa: the rare-disease records of French hospitals. `create_app` is the whole wiring.

The subjects, in the order of the journey: `sdm`, `recueils`, `definitions` (what a record may contain) → `tenants`,
`structures`, `accounts` (where, and who) → `terminology` → `fiches`, `forms`, `paper`, `steering` → `cda` → `identity`
→ `admin`, `works`, `operations`.
Round a request: `hosts`, `limits`, `headers`, `access` (closed by default), `languages`, `row_numbers` → the page, with
`compiled`, `frame` and `drawn` → `errors`, `problems` (for machines).
For all: `config`, `extensions`, `log`, `cli`, `clock`, `doorbell` (wakes the workers), `audit`, `sealing` and
`secret_files`, `sheets` (CSV, Excel).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from app import (
    access,
    cli,
    compiled,
    doorbell,
    drawn,
    errors,
    frame,
    headers,
    hosts,
    languages,
    limits,
    row_numbers,
)
from app.accounts import commands as accounts_commands
from app.accounts.mail import mailbox
from app.accounts.mail.delivery import CORRESPONDENTS, Correspondent
from app.accounts.outside import provider as identity_provider
from app.accounts.outside import views as outside_views
from app.accounts.own_factors import key_views as own_key_views
from app.accounts.own_factors import views as own_factor_views
from app.accounts.profile import session_views as own_session_views
from app.accounts.profile import views as profile_views
from app.accounts.registration import views as registration_views
from app.accounts.second_step import minimum
from app.accounts.second_step import views as second_step_views
from app.accounts.sessions import current, same_site, way_back
from app.accounts.sessions import views as sessions_views
from app.accounts.sign_in import reset_views, unlock_views
from app.accounts.sign_in import views as sign_in_views
from app.admin import consoles
from app.admin.long_works import RUNNERS
from app.audit import commands as audit_commands
from app.cda import commands as cda_commands
from app.cda import official
from app.cda.answers import letters
from app.cda.answers.post import PURPOSE
from app.cda.channels import commands as channel_commands
from app.cda.channels import http
from app.cda.unwrap import limits as reception_limits
from app.config import ROOT, Settings
from app.extensions import bootstrap, csrf, login_manager, mail
from app.fiches import commands as fiches_commands
from app.fiches import proposal_views
from app.fiches import views as fiches_views
from app.fiches.help import views as help_views
from app.fiches.impact import commands as impact_commands
from app.fiches.lists import views as list_views
from app.fiches.missing import views as work_views
from app.fiches.recueils import views as recueils_views
from app.forms import drawn_once, rescue
from app.forms.pages import PAGES as FORM_PAGES
from app.identity import commands as identity_commands
from app.identity import merge_views
from app.identity import views as identity_views
from app.log import configure_log
from app.operations import commands as operations_commands
from app.operations import health
from app.operations.backup import commands as backup_commands
from app.operations.demo import commands as demo_commands
from app.paper import views as paper_views
from app.steering import views as steering_views
from app.structures import commands as structures_commands
from app.tenants import commands as tenants_commands
from app.tenants import placement
from app.terminology import commands as terminology_commands
from app.terminology import library
from app.terminology import views as terminology_views
from app.works import jobs as works

# In the order of a request: its name, size, person, site, right, and proof; then what answers receive.
STEPS = (
    hosts,
    limits,
    current,
    way_back,
    same_site,
    rescue,
    drawn,
    drawn_once,
    access,
    minimum,
    library,
    frame,
    headers,
    errors,
    identity_provider,
)
PAGES = (
    health,
    sign_in_views,
    second_step_views,
    outside_views,
    own_factor_views,
    own_key_views,
    reset_views,
    unlock_views,
    registration_views,
    sessions_views,
    profile_views,
    own_session_views,
    mailbox,
    proposal_views,
    fiches_views,
    work_views,
    recueils_views,
    list_views,
    identity_views,
    merge_views,
    *FORM_PAGES,
    steering_views,
    paper_views,
    help_views,
    http,
    terminology_views,
)
COMMANDS = (
    tenants_commands.hospitals,
    structures_commands.sites,
    channel_commands.channels,
    cda_commands.documents,
    fiches_commands.fiches,
    impact_commands.definitions,
    accounts_commands.users,
    terminology_commands.terms,
    audit_commands.audit,
    demo_commands.demo,
    operations_commands.doctor,
)


def create_app(settings: Settings | None = None) -> Flask:
    """Raises BadSettings. Connects to nothing: the first request or command does."""
    settings = settings or Settings.from_environment()
    configure_log(as_json=settings.mode == "production")
    app = Flask(__name__, template_folder=str(ROOT / "templates"))
    app.jinja_environment = compiled.Templates
    app.config.from_mapping(flask_settings(settings))
    row_numbers.init_app(app)
    reception_limits.configure(settings.reception_limits)
    CORRESPONDENTS[PURPOSE] = Correspondent(letters.compose, letters.note_sent)
    if settings.database_url:
        connect(settings)
    for extension in (languages, bootstrap, login_manager, mail):
        extension.init_app(app)
    for step in STEPS:
        step.init_app(app)
    csrf.init_app(app)  # after the guard: a form sent once the session is dead leads to the sign-in
    for page in PAGES:
        app.register_blueprint(page.blueprint)
    consoles.init_app(app)
    identity_commands.join(fiches_commands.fiches)
    backup_commands.join(tenants_commands.hospitals)
    cli.register(app, COMMANDS, connect)
    return app


def connect(settings: Settings) -> None:
    """Says where the servers are; commands learn it later than the web and the workers do."""
    placement.configure(settings)
    doorbell.configure(settings)
    official.configure(settings)
    works.configure(RUNNERS)


def flask_settings(settings: Settings) -> dict[str, Any]:
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.mode == "test",
        "PREFERRED_URL_SCHEME": "https" if settings.secure else "http",
        "BABEL_DEFAULT_LOCALE": "fr",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Paris",
        "BOOTSTRAP_SERVE_LOCAL": True,
        "WTF_CSRF_TIME_LIMIT": None,  # a form lives as long as its session
        "MAIL_DEFAULT_SENDER": f"BaMaRa <ne-pas-repondre@{urlsplit(settings.base_url).hostname}>",
        "MAX_CONTENT_LENGTH": 64 * 1024 * 1024,
    }
