"""What every process does first: settings, log, engines, and the tie to its supervisor."""

from __future__ import annotations

from app.config import Settings
from app.log import configure_log
from app.operations import lifeline
from app.tenants import placement


def equip() -> Settings:
    settings = Settings.from_environment()
    configure_log(as_json=settings.mode == "production")
    lifeline.tie()
    placement.configure(settings)
    return settings
