"""What every page has at hand: the addresses of our files, French dates and ages, the place it is made for."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask
from markupsafe import Markup

from app import clock

PARIS = ZoneInfo("Europe/Paris")
STATIC = Path(__file__).parent / "static"


def init_app(app: Flask) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["asset"] = asset
    app.jinja_env.filters |= {"day": day, "moment": moment, "since": since, "bullets": bullets}


@cache
def asset(name: str) -> str:
    """The address of one of our files, with its version: the browser keeps it until it changes."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"


def day(value: str | datetime | None) -> str:
    """« 2024-02-28 » → 28/02/2024, « 2024-02 » → 02/2024, « 2024 » → 2024; a time → its day in Paris."""
    if isinstance(value, datetime):
        return _day_of(value.astimezone(PARIS))
    return "/".join(reversed((value or "").split("-")))


def moment(value: str | datetime) -> str:
    """28/02/2024 à 14 h 32, in Paris."""
    return _moment_of(_time(value).astimezone(PARIS))


def since(value: str | datetime) -> Markup:
    """« il y a 2 h », or the day when it is further than a week; the browser is told the moment itself."""
    time = _time(value)
    here = time.astimezone(PARIS)
    return Markup(f'<time datetime="{time.isoformat()}" title="{_moment_of(here)}">{_ago(time, here)}</time>')  # noqa: S704 - numbers and our words


@lru_cache(maxsize=4096)
def bullets(labels: tuple[str, ...]) -> Markup:
    """The items of a list. They are labels of the definition: the same ones come back from fiche to fiche."""
    return Markup().join(Markup("<li>{}</li>").format(label) for label in labels)


def _ago(time: datetime, here: datetime) -> str:
    seconds = (clock.now() - time).total_seconds()
    for limit, unit, word in ((90, 1, None), (5400, 60, "min"), (86400, 3600, "h"), (7 * 86400, 86400, "j")):
        if seconds < limit:
            return f"il y a {max(1, round(seconds / unit))} {word}" if word else "à l’instant"
    return "le " + _day_of(here)


def _day_of(here: datetime) -> str:
    return f"{here.day:02}/{here.month:02}/{here.year}"  # four times as fast as strftime, and a list asks it a lot


def _moment_of(here: datetime) -> str:
    return f"{_day_of(here)} à {here.hour:02} h {here.minute:02}"


def _time(value: str | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)
