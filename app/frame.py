"""What every page has at hand: the addresses of our files, French dates and ages, the place it is made for."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask

from app import clock

PARIS = ZoneInfo("Europe/Paris")
STATIC = Path(__file__).parent / "static"


def init_app(app: Flask) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["asset"] = asset
    app.jinja_env.filters |= {"day": day, "moment": moment, "ago": ago}


@cache
def asset(name: str) -> str:
    """The address of one of our files, with its version: the browser keeps it until it changes."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"


def day(value: str | datetime | None) -> str:
    """« 2024-02-28 » → 28/02/2024, « 2024-02 » → 02/2024, « 2024 » → 2024; a time → its day in Paris."""
    if isinstance(value, datetime):
        return value.astimezone(PARIS).strftime("%d/%m/%Y")
    return "/".join(reversed((value or "").split("-")))


def moment(value: str | datetime) -> str:
    """28/02/2024 à 14 h 32, in Paris."""
    return _time(value).astimezone(PARIS).strftime("%d/%m/%Y à %H h %M")


def ago(value: str | datetime) -> str:
    """« il y a 2 h », or the day when it is further than a week."""
    seconds = (clock.now() - _time(value)).total_seconds()
    for limit, unit, word in ((90, 1, None), (5400, 60, "min"), (86400, 3600, "h"), (7 * 86400, 86400, "j")):
        if seconds < limit:
            return f"il y a {max(1, round(seconds / unit))} {word}" if word else "à l’instant"
    return "le " + day(_time(value))


def _time(value: str | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)
