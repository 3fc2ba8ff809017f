"""Names as lists sort them and as likely duplicates are found: on stored normalised keys (no collation needed)."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

from app.sdm.answers import Value
from app.sdm.identity import normalise_name

Keys = tuple[str, str]
"""(family name, given name), normalised: upper case letters and digits only."""


def sort_names(patient: Mapping[str, Value]) -> Keys:
    """The keys of a fiche: its own birth names, or the mother's for a fetus that has none yet (I8a)."""
    family = patient.get("birth_family_name") or patient.get("mother_birth_family_name") or ""
    given = patient.get("birth_first_given_name") or patient.get("mother_birth_first_given_name") or ""
    return normalise_name(str(family)), normalise_name(str(given))


def near(names: Keys, others: Keys) -> bool:
    """Whether two people may be the same but for a typing slip, or for names written in the wrong order."""
    return any(all(map(_alike, names, order)) for order in (others, others[::-1]))


def _alike(name: str, other: str) -> bool:
    if not (name and other):
        return False
    return name.startswith(other) or other.startswith(name) or SequenceMatcher(None, name, other).ratio() >= 0.8
