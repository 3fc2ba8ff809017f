"""BaMaRa: the rare-disease records of French hospitals. `create_app` is the whole wiring."""

from __future__ import annotations

import importlib
import logging
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from app import cli
from app.config import ROOT, Settings
from app.extensions import babel, bootstrap, csrf, login_manager, mail
from app.log import configure_log
from app.operations import health
from app.tenants import placement

BLUEPRINTS = (
    "app.accounts.views",
    "app.accounts.mailbox",
    "app.fiches.views",
    "app.cda.channels.http",
)
STEPS = (
    "app.hosts",
    "app.accounts.sessions",
    "app.accounts.way_back",
    "app.access",
    "app.accounts.same_site",
    "app.frame",
    "app.headers",
    "app.errors",
    "app.cda.jobs",
)
COMMANDS = (
    ("app.tenants.commands", "hospitals"),
    ("app.structures.commands", "sites"),
    ("app.cda.commands", "channels"),
    ("app.cda.commands", "documents"),
    ("app.fiches.commands", "fiches"),
    ("app.accounts.commands", "users"),
    ("app.audit_commands", "audit"),
    ("app.operations.demo.commands", "demo"),
    ("app.operations.commands", "doctor"),
)


def create_app(settings: Settings | None = None) -> Flask:
    """Raises BadSettings. Connects to nothing: the first request or command does."""
    settings = settings or Settings.from_environment()
    configure_log(as_json=settings.mode == "production")
    app = Flask(__name__, template_folder=str(ROOT / "templates"))
    app.config.from_mapping(flask_settings(settings))
    if settings.database_url:
        placement.configure(settings)
    for extension in (babel, bootstrap, login_manager, mail):
        extension.init_app(app)
    for name in STEPS:
        if step := _existing(name, "init_app"):
            step(app)
    csrf.init_app(app)  # after the guard: a form sent once the session is dead leads to the sign-in
    app.register_blueprint(health.blueprint)
    for name in BLUEPRINTS:
        if blueprint := _existing(name, "blueprint"):
            app.register_blueprint(blueprint)
    cli.register(app, filter(None, (_existing(module, name) for module, name in COMMANDS)))
    return app


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


def _existing(module: str, name: str) -> Any:
    try:
        return getattr(importlib.import_module(module), name, None)
    except Exception as missing:  # noqa: BLE001 - while the parts are being written
        logging.getLogger(__name__).warning("%s: %r", module, missing)
        return None
