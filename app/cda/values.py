"""One element of the XML → one raw answer. Blank is empty (U2); what cannot be read is a warning, never an error.

Every reader takes the element and the reading (for its warnings and its narrative) and returns the JSON shape of the
answer, or None when there is none. The xsi:type of a value is not believed: the item says what is expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date as calendar_date
from typing import Any

from lxml.etree import _Element

from app.cda.reading import V3, Reading

Reader = Callable[[_Element, Reading], Any]


def text(element: _Element, reading: Reading) -> str | None:
    """The text of an element on one line: indentation is not content."""
    whole = element.text if not len(element) else " ".join(element.itertext())
    return " ".join(whole.split()) or None if whole else None


def paragraphs(element: _Element, reading: Reading) -> str | None:
    """A free text, with its line breaks."""
    return _trimmed_lines("".join(element.itertext()))


def name(element: _Element, reading: Reading) -> str | None:
    """A person's name, its parts in their order."""
    return " ".join(" ".join(element.itertext()).split()) or None


def extension(element: _Element, reading: Reading) -> str | None:
    return (element.get("extension") or "").strip() or None


def identifier(element: _Element, reading: Reading) -> str | None:
    """An opaque id in one string: its root, and its extension if it has one."""
    root, found = (element.get("root") or "").strip(), (element.get("extension") or "").strip()
    return f"{root}^{found}" if root and found else root or found or None


def finess(element: _Element, reading: Reading) -> str | None:
    """A structure's number without its type digit (1 = FINESS), when it has one."""
    found = extension(element, reading)
    return found[1:] if found and len(found) == 10 and found[0] == "1" else found


def code(element: _Element, reading: Reading) -> dict[str, str] | None:
    """A coded answer; a bare text (addr/county) is a code too, whose system the definition knows."""
    found = (element.get("code") or "").strip()
    if found:
        system, label = element.get("codeSystem") or "", element.get("displayName") or ""
        return {"system": system.strip(), "code": found, "label": " ".join(label.split())}
    bare = None if len(element) else text(element, reading)
    if bare:
        return {"system": "", "code": bare, "label": ""}
    if element.get("value") is not None:
        reading.warn("W-VALUE", "Réponse illisible : un code est attendu.", element)
    return None


def label(element: _Element, reading: Reading) -> str | None:
    """What a coded element shows."""
    return " ".join((element.get("displayName") or "").split()) or None


def stated(element: _Element, reading: Reading) -> str | None:
    """A value written as it is (telecom)."""
    return (element.get("value") or "").strip() or None


def yes_no(element: _Element, reading: Reading) -> bool | None:
    stated = (element.get("value") or "").strip().lower()
    if stated and stated not in _YES_NO:
        reading.warn("W-VALUE", "Réponse illisible : true ou false est attendu.", element)
    return _YES_NO.get(stated)


_YES_NO = {"true": True, "false": False}


def number(element: _Element, reading: Reading) -> int | None:
    stated = (element.get("value") or "").strip()
    if _INTEGER.fullmatch(stated):
        return int(stated)
    if stated:
        reading.warn("W-VALUE", "Réponse illisible : un nombre entier est attendu.", element)
    return None


_INTEGER = re.compile(r"[0-9]{1,9}")


def date(element: _Element, reading: Reading) -> str | None:
    """A TS, or the low bound of an IVL_TS → yyyy[-mm[-dd]]. A date that does not exist is dropped with a warning."""
    stated = element.get("value")
    if stated is None:
        low = next(element.iterchildren(f"{V3}low"), None)
        stated = low.get("value") if low is not None and not low.get("nullFlavor") else None
    if not stated or not stated.strip():
        return None
    found = partial_date(stated.strip())
    if found is None:
        reading.warn("W-DATE", "Date illisible, ignorée.", element)
    return found


def partial_date(stated: str) -> str | None:
    """20240228160000+0100 → 2024-02-28; 202402 → 2024-02; None when it is no date."""
    match = _TIMESTAMP.fullmatch(stated)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        calendar_date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part for part in (year, month, day) if part)


_TIMESTAMP = re.compile(
    r"([0-9]{4})(?:([0-9]{2})(?:([0-9]{2})(?:[0-9]{2}){0,3}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:?(?:[0-9]{2})?)?)?)?"
)


def quantity(unit: str) -> Reader:
    """A PQ in `unit`; other known units are converted, an unknown or missing one is dropped: 3 kg is not 3 g."""
    factors = _FACTORS[unit]

    def read(element: _Element, reading: Reading) -> dict[str, Any] | None:
        stated = (element.get("value") or "").strip()
        if not stated:
            return None
        factor = factors.get((element.get("unit") or "").strip())
        if factor is None or not _DECIMAL.fullmatch(stated):
            reading.warn("W-UNIT", f"Quantité illisible, ignorée : un nombre en {unit} est attendu.", element)
            return None
        value = round(float(stated) * factor, 6)
        return {"value": int(value) if value == int(value) else value, "unit": unit}

    return read


_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_DAYS = {"d": 1.0, "wk": 7.0, "mo": 30.4375, "a": 365.25, "jours": 1.0, "semaines": 7.0, "mois": 30.4375, "ans": 365.25}
_FACTORS = {
    "g": {"g": 1.0, "kg": 1000.0, "mg": 0.001},
    "cm": {"cm": 1.0, "m": 100.0, "mm": 0.1},
    "mo": {unit: days / _DAYS["mo"] for unit, days in _DAYS.items()},
    "wk": {unit: days / _DAYS["wk"] for unit, days in _DAYS.items()},
}


def narrative(element: _Element, reading: Reading) -> str | None:
    """The text that `reference` points at, else the text written in place. A dangling reference is a warning."""
    reference = next(element.iterchildren(f"{V3}reference"), None)
    if reference is None:
        return paragraphs(element, reading)
    wanted = (reference.get("value") or "").strip().removeprefix("#")
    target = reading.narrative_of(element, wanted)
    if target is None:
        reading.warn("W-REFERENCE", "La référence au texte de la section ne mène nulle part.", reference)
        return None
    return _trimmed_lines("".join(_told(target)))


def _told(element: _Element) -> list[str]:
    """The text of a narrative element, in pieces; <br/>, items, paragraphs and rows begin a line."""
    told = [_unbroken(element.text)]
    for child in element:
        if child.tag in _LINES:
            told.append("\n")
        told += [*_told(child), _unbroken(child.tail)]
    return told


def _unbroken(piece: str | None) -> str:
    return (piece or "").replace("\n", " ")


_LINES = frozenset(f"{V3}{tag}" for tag in ("br", "item", "paragraph", "tr"))


def _trimmed_lines(whole: str) -> str | None:
    lines = (" ".join(line.split()) for line in whole.split("\n"))
    return "\n".join(line for line in lines if line) or None
