"""Who somebody is, as the search for duplicates compares it: traits in one spelling. Pure.

Names are compared as sets of words, so that a birth name and a name in use, or two given names, may change places; a
date is known with its day and its month in either order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.sdm.answers import tells_the_day
from app.sdm.identity import Identifier

PARTICLES = frozenset({"DE", "DU", "DES", "LA", "LE", "LES", "D", "L", "ET", "EL", "BEN", "VAN", "VON", "DER"})


@dataclass(frozen=True, slots=True)
class Person:
    """One born patient. `families` and `givens` are words; the first given name is `given`. `born` is a full date.
    `order` is the rank among the children of one birth."""

    fiche_id: str
    families: tuple[str, ...]
    given: str
    givens: tuple[str, ...]
    sex: str | None
    born: str | None
    commune: str | None
    ins: frozenset[str]
    ipp: frozenset[str]
    order: str | None

    @property
    def family(self) -> str:
        """The birth name in one word."""
        return self.families[0] if self.families else ""

    @property
    def born_parts(self) -> tuple[str, ...]:
        return tuple((self.born or "--").split("-"))

    @property
    def either_way(self) -> str | None:
        return either_way(self.born) if self.born else None


def person(fiche_id: str, answers: Mapping[str, Any], identifiers: Iterable[Identifier]) -> Person:
    known = list(identifiers)
    givens = [*words(answers.get("birth_first_given_name")), *words(answers.get("birth_given_names"))]
    used = words(answers.get("used_given_name"))
    born = str(answers.get("birth_date") or "")
    return Person(
        fiche_id,
        tuple(dict.fromkeys(name for name in (_family(answers, item) for item in FAMILIES) if name)),
        _first_given(answers),
        tuple(dict.fromkeys([*givens, *used])),
        sex if (sex := (answers.get("sex") or {}).get("code")) in ("F", "M") else None,
        born if tells_the_day(born) else None,
        (answers.get("birth_commune_code") or {}).get("code"),
        frozenset(one.lookup for one in known if one.kind == "ins"),
        frozenset(one.lookup for one in known if one.kind == "ipp"),
        _order(answers.get("multiple_birth_order")),
    )


FAMILIES = ("birth_family_name", "used_family_name")


def words(name: object) -> list[str]:
    """« Jean-Pierre » → JEAN, PIERRE; accents, ligatures and signs aside, without the particles."""
    opened = str(name or "").upper().replace("Œ", "OE").replace("Æ", "AE")
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", opened) if not unicodedata.combining(letter))
    found = re.findall(r"[A-Z0-9]+", plain)
    return [word for word in found if word not in PARTICLES] or found


def sound(name: str) -> str:
    """How a French name sounds, roughly: what a typing slip and a spelling leave as it is."""
    text = name
    for pattern, heard in SOUNDS:
        text = pattern.sub(heard, text)
    return text[:1] + re.sub("[AEIOUY]", "", text[1:])


_HEARD = (
    ("PH", "F"),
    ("EAU|AU", "O"),
    ("CH", "S"),
    ("QU|CK|K|Q", "C"),
    ("C(?=[EIY])|SS|Z|TH", "S"),
    ("J|G(?=[EIY])", "G"),
    ("H", ""),
    ("W", "V"),
    ("Y", "I"),
    ("M(?=[BP])", "N"),
    (r"(.)\1+", r"\1"),
    ("[EXSTD]+$", ""),
)
SOUNDS = tuple((re.compile(pattern), heard) for pattern, heard in _HEARD)


def either_way(born: str) -> str:
    """A date whose day and month may have changed places: « 1980-03-12 » and « 1980-12-03 » are one."""
    year, month, day = born.split("-")
    low, high = sorted((month, day))
    return f"{year}-{low}-{high}"


def _family(answers: Mapping[str, Any], item: str) -> str:
    return "".join(words(answers.get(item)))


def _first_given(answers: Mapping[str, Any]) -> str:
    return "".join(words(answers.get("birth_first_given_name")) or words(answers.get("used_given_name")))


def _order(value: object) -> str | None:
    if isinstance(value, dict):
        return str(value.get("code"))
    return None if value is None else str(value)
