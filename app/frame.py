"""What every page has at hand: the addresses of our files, dates and ages in the words of the page."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask
from markupsafe import Markup

from app import clock
from app.languages import content_language
from app.sdm.answers import tells_the_day

PARIS = ZoneInfo("Europe/Paris")
STATIC = Path(__file__).parent / "static"


WORDS = {
    "fr": {"moment": "{} à {:02} h {:02}", "now": "à l’instant", "ago": "il y a {} {}", "on": "le {}"},
    "en": {"moment": "{} at {:02}:{:02}", "now": "just now", "ago": "{} {} ago", "on": "on {}"},
}
"""Language → how a moment and an age are said."""
AGES = ((5400, 60, "minutes"), (86400, 3600, "hours"), (7 * 86400, 86400, "days"))
"""Up to so many seconds, an age is told in this unit."""
UNITS = {
    "fr": {"minutes": "min", "hours": "h", "days": "j"},
    "en": {"minutes": "min", "hours": "h", "days": "d"},
}


def init_app(app: Flask) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals |= {"asset": asset, "icon": icon}
    app.jinja_env.filters |= {"day": day, "on_day": on_day, "moment": moment, "since": since, "bullets": bullets}


@cache
def asset(name: str) -> str:
    """The address of one of our files, with its version: the browser keeps it until it changes."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"


@cache
def icon(name: str) -> Markup:
    """One of static/icons.svg."""
    return Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>').format(asset("icons.svg"), name)


def day(value: str | datetime | None) -> str:
    """« 2024-02-28 » → 28/02/2024, « 2024-02 » → 02/2024, « 2024 » → 2024; a time → its day in Paris."""
    if isinstance(value, datetime):
        return _day_of(value.astimezone(PARIS))
    return "/".join(reversed((value or "").split("-")))


def on_day(value: str) -> str:
    """« le 28/02/2024 », « en 02/2024 », « en 2024 »."""
    return f"{'le' if tells_the_day(value) else 'en'} {day(value)}"


def moment(value: str | datetime) -> str:
    """28/02/2024 à 14 h 32, in Paris."""
    return _moment_of(_time(value).astimezone(PARIS), content_language())


def since(value: str | datetime) -> Markup:
    """« il y a 2 h », or the day when it is further than a week; the browser is told the moment itself."""
    time, language = _time(value), content_language()
    here = time.astimezone(PARIS)
    said, age = _moment_of(here, language), _ago(time, here, language)
    return Markup(f'<time datetime="{time.isoformat()}" title="{said}">{age}</time>')  # noqa: S704 - numbers and our words


@lru_cache(maxsize=4096)
def bullets(labels: tuple[str, ...]) -> Markup:
    """The items of a list. They are labels of the definition: the same ones come back from fiche to fiche."""
    return Markup().join(Markup("<li>{}</li>").format(label) for label in labels)


def _ago(time: datetime, here: datetime, language: str) -> str:
    seconds, words = (clock.now() - time).total_seconds(), WORDS[language]
    if seconds < 90:
        return words["now"]
    for limit, unit, word in AGES:
        if seconds < limit:
            return words["ago"].format(max(1, round(seconds / unit)), UNITS[language][word])
    return words["on"].format(_day_of(here))


def _day_of(here: datetime) -> str:
    return f"{here.day:02}/{here.month:02}/{here.year}"  # four times as fast as strftime, and a list asks it a lot


def _moment_of(here: datetime, language: str) -> str:
    return WORDS[language]["moment"].format(_day_of(here), here.hour, here.minute)


def _time(value: str | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)
