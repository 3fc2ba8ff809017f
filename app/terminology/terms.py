"""A term of a terminology, its label and its search, by the OIDs that records carry."""

from __future__ import annotations

from dataclasses import dataclass

from app.terminology.library import LIBRARY
from app.terminology.lists import choose, parts_of
from app.terminology.systems import find_system


@dataclass(frozen=True, slots=True)
class Term:
    code: str
    system: str
    label: str
    kind: str


def label_of(system: str, code: str) -> str:
    """The label of a code, in French where there is one; "" when it is not known here."""
    found = find_system(system)
    return LIBRARY.shelf(found.name).label_of(found.kept(code)) if found else ""


def search(systems: tuple[str, ...], text: str, limit: int = 10) -> list[Term]:
    """The terms that may be chosen in those systems (their OIDs), the best first."""
    known = ",".join(oid for oid in systems if find_system(oid))
    found = choose(parts_of(known), text, limit) if known else []
    return [Term(one.code, one.system, one.label, one.kind) for one in found if one.selectable]
