"""A date as people write or paste it: 12/04/1985, 04/1985, 1985, 12 avril 1985, 1985-04-12, 12041985. Pure."""

from __future__ import annotations

import re
import unicodedata

Parts = tuple[str, str, str]
"""(day, month, year), as typed; "" where nothing is said."""

MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4})",
        r"(?P<day>\d{1,2})(?:er)? (?P<word>[a-z]{3,9}) (?P<year>\d{4})",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<month>\d{1,2})[-/. ](?P<year>\d{4})",
        r"(?P<word>[a-z]{3,9}) (?P<year>\d{4})",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
        r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})",
        r"(?P<year>\d{4})",
    )
)


def parts_of(text: str) -> Parts | None:
    """None when the text is no way of writing a date. Whether the day exists is not asked here."""
    plain = unicodedata.normalize("NFKD", " ".join(text.split()).casefold())
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    for form in _FORMS:
        if match := form.fullmatch(plain):
            found = match.groupdict()
            month = found.get("month") or _month(found.get("word"))
            if month is not None:
                return _two(found.get("day")), _two(month), found["year"]
    return None


def _month(word: str | None) -> str | None:
    """Its number, by its name or the beginning of its name; "" when no month was written."""
    if not word:
        return ""
    found = [place for place, name in enumerate(MONTHS, start=1) if name.startswith(word)]
    return str(found[0]) if len(found) == 1 else None


def _two(digits: str | None) -> str:
    return digits.zfill(2) if digits else ""
