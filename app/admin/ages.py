"""How long a request has been waiting, as a queue says it: « 12 j », never a date to subtract from today's."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from app import clock


def waiting(at: datetime) -> str:
    minutes = int((clock.now() - at).total_seconds() // 60)
    if minutes < 60:
        return _("%(number)s min", number=max(1, minutes))
    if minutes < 48 * 60:
        return _("%(number)s h", number=minutes // 60)
    return _("%(number)s j", number=days_since(at))


def days_since(at: datetime) -> int:
    return (clock.now() - at).days
