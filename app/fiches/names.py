"""Names as lists sort them and as likely duplicates are found: on stored normalised keys (no collation needed)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from app.sdm.answers import Value
from app.sdm.identity import normalise_name

Keys = tuple[str, str]
"""(family name, given name), normalised: upper case letters and digits only."""

TITLES = frozenset({"DR", "DOCTEUR", "PR", "PROF", "PROFESSEUR", "M", "MR", "MME", "MLLE"})
_SEPARATORS = re.compile(r"[\s\-‐‑’'ʼ.,;/()_]+")


def sort_names(patient: Mapping[str, Value]) -> Keys:
    """The keys of a fiche: its own birth names, or the mother's for a fetus that has none yet (I8a)."""
    family = patient.get("birth_family_name") or patient.get("mother_birth_family_name") or ""
    given = patient.get("birth_first_given_name") or patient.get("mother_birth_first_given_name") or ""
    return normalise_name(str(family)), normalise_name(str(given))


def pieces(name: str) -> list[str]:
    """The words of a name, normalised: « d’Été-Martin » → D, ETE, MARTIN."""
    return [piece for written in _SEPARATORS.split(name) if (piece := normalise_name(written))]


def person_key(name: str) -> str:
    """The same for « Dr Claire MARTIN » and « Martin, Claire »."""
    return " ".join(sorted(piece for piece in pieces(name) if piece not in TITLES))


def near(names: Keys, others: Keys) -> bool:
    """Whether two people may be the same but for a typing slip, or for names written in the wrong order."""
    return any(all(map(_alike, names, order)) for order in (others, others[::-1]))


def _alike(name: str, other: str) -> bool:
    if not (name and other):
        return False
    return name.startswith(other) or other.startswith(name) or SequenceMatcher(None, name, other).ratio() >= 0.8
