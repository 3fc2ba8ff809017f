"""The search of a whole terminology, terms out of use included: what `terms search` shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.terminology.library import LIBRARY
from app.terminology.shelf import Hit
from app.terminology.systems import System

LIMIT = 10


def found_in(system: System, asked: str) -> list[dict[str, Any]]:
    """{"code", "label", "system", "active", "kind"} and what else is known, the best first: a code typed in full, then
    what replaces it, then labels and synonyms."""
    shelf = LIBRARY.shelf(system.name)
    rows: dict[str, dict[str, Any]] = {}
    for hit in (*_by_code(system, asked), *shelf.search(asked, system.kinds, LIMIT)):
        rows.setdefault(hit.code, _row(system, hit))
    return list(rows.values())[:LIMIT]


def _by_code(system: System, asked: str) -> Iterator[Hit]:
    shelf, code = LIBRARY.shelf(system.name), system.code_typed(asked)
    targets = [redirect.target for redirect in shelf.redirects_of(code)] if code else []
    for one in (*shelf.with_postal_code(asked.strip()), code, *targets):
        if one and (hit := shelf.find(one)):
            yield hit


def _row(system: System, hit: Hit) -> dict[str, Any]:
    replaced_by = [redirect.target for redirect in LIBRARY.shelf(system.name).redirects_of(hit.code)]
    return {
        "code": system.written(hit.code),
        "label": hit.label,
        "system": system.oid_of(hit.kind),
        "active": hit.active,
        "kind": hit.kind,
        "selectable": hit.selectable,
        "lang": hit.lang,
        "match": hit.matched,
        "replaced_by": [system.written(code) for code in replaced_by],
    }
