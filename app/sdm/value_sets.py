"""Every value set of the SDM-MR and of the collections beside it, and how a code is looked up in it (crosswalk too)."""

from __future__ import annotations

from functools import lru_cache

from app.sdm.answers import Coded
from app.sdm.concepts import Concept, ValueSet
from app.sdm.sets import (
    care,
    diagnosis,
    errance,
    foetopathology,
    identity,
    pregnancy,
    registries,
    relationships,
    sdm_v2,
    treatments,
)

VALUE_SETS: dict[str, ValueSet] = {
    one.name: one
    for theme in (
        identity,
        relationships,
        registries,
        care,
        diagnosis,
        pregnancy,
        sdm_v2,
        treatments,
        errance,
        foetopathology,
    )
    for one in theme.VALUE_SETS
}


def find_concept(value_set: str, code: str, system: str | None = None) -> Concept | None:
    """The concept of a code, current or former. With `system`, only in that system.

    One published code ends with a no-break space: codes are stripped on both sides. A profession too precise for
    the list is read as its root: `G15_10/SCH39` is a `G15_10` (O6).
    """
    for concept in _concepts(value_set, code):
        if not system or system == concept.system:
            return concept
    return None


@lru_cache(maxsize=16_384)  # bounded: a document may invent codes
def _concepts(value_set: str, code: str) -> tuple[Concept, ...]:
    by_code, code = VALUE_SETS[value_set].by_code, code.strip()
    candidates = dict.fromkeys((code, code.split("/")[0]))
    return tuple(concept for candidate in candidates for concept in by_code.get(candidate, ()))


def current_code(value_set: str, code: str) -> str:
    """The code that says today what `code` said; an unknown or dropped code stands for itself."""
    concept = find_concept(value_set, code)
    if concept is None:
        return code.strip()
    return (concept.current or concept).code


def coded_in(value_set: str) -> Coded:
    """The answer « one code of this value set »."""
    return Coded(VALUE_SETS[value_set].systems, value_set)
