"""« Rechercher un patient »: a name, a birth date, an INS, an IPP, or several of them, as people type them."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, union
from sqlalchemy.orm import Session

from app.fiches.find import Listed, lines
from app.fiches.models import fiche, identifier
from app.sdm.identity import Identifier, normalise_name

_FRENCH_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def search(session: Session, text: str, limit: int = 20) -> tuple[Listed, ...]:
    """Fiches that answer to every word, sorted by name. Names match by their beginning, accents and case aside;
    numbers match whole. An empty text finds nothing."""
    words = text.split()
    if not words:
        return ()
    found = union(_known_by("".join(words)), _described_by(words))
    asked = lines().where(fiche.c.id.in_(found))
    rows = session.execute(asked.order_by(fiche.c.family_key, fiche.c.given_key, fiche.c.id).limit(limit))
    return tuple(map(Listed._make, rows))


def _known_by(number: str) -> Select[tuple[str]]:
    """An INS may be typed with its spaces, with or without its key."""
    ins = Identifier("ins", "", number).lookup
    known = or_(identifier.c.lookup == ins, func.lower(identifier.c.extension) == number.lower())
    return select(identifier.c.fiche_id).where(known)


def _described_by(words: list[str]) -> Select[tuple[str]]:
    dates = [date for word in words if (date := _read_date(word))]
    names = [name for word in words if not _read_date(word) and (name := normalise_name(word))]
    asked = [fiche.c.birth_date == date for date in dates]
    if names:
        cuts = range(1, len(names) + 1)
        asked.append(or_(*(_named(*order) for cut in cuts for order in _orders(names, cut))))
    return select(fiche.c.id).where(*(asked or [false()]))


def _orders(names: list[str], cut: int) -> list[tuple[str, str]]:
    """« de la Tour Jean » or « Jean de la Tour »: (family, given), the family name always being there."""
    first, last = "".join(names[:cut]), "".join(names[cut:])
    return [(first, last), (last, first)] if last else [(first, "")]


def _named(family: str, given: str) -> ColumnElement[bool]:
    begins = fiche.c.family_key.like(f"{family}%")
    return and_(begins, fiche.c.given_key.like(f"{given}%")) if given else begins


def _read_date(word: str) -> str | None:
    """« 14/07/1977 » or « 1977-07-14 » → "1977-07-14"."""
    if _ISO_DATE.fullmatch(word):
        return word
    french = _FRENCH_DATE.fullmatch(word)
    return f"{french[3]}-{french[2]:0>2}-{french[1]:0>2}" if french else None
