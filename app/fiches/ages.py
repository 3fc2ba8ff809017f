"""How old somebody is, in French, from dates that may tell no more than a year. Pure."""

from __future__ import annotations

from datetime import date

from app.sdm.answers import tells_the_day


def age(birth: str, until: str) -> str:
    """« 49 ans » from two years on, « 23 mois » before; « 49 ans env. » where one of the dates is partial."""
    if not birth or not until:
        return ""
    if not (tells_the_day(birth) and tells_the_day(until)):
        return f"{_years(max(0, int(until[:4]) - int(birth[:4])))} env."
    born, end = date.fromisoformat(birth), date.fromisoformat(until)
    months = (end.year - born.year) * 12 + end.month - born.month - (end.day < born.day)
    return _years(months // 12) if months >= 24 else f"{max(0, months)} mois"


def _years(many: int) -> str:
    return f"{many} an{'s' if many > 1 else ''}" if many else "moins d’un an"
