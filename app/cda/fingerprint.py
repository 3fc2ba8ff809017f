"""Is it new? (§4.3) The SDM items of a document, in an order and a spelling that do not matter, hashed. Pure.

N1: what the patient, the blocks and their ids say counts; what belongs to the sending does not
(document id, version, times, prise en charge ids, act ids, lines, technical items).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import orjson

from app.cda.document import Answers, Document, Entry, Fetus
from app.sdm.answers import Value
from app.sdm.identity import Identifier


def fingerprint(document: Document) -> bytes:
    """N1. 32 bytes, equal for two documents that say the same of the same patient."""
    return hashlib.sha256(_written(_items(document)).encode()).digest()


def same_answer(one: Value | None, other: Value | None) -> bool:
    """Whether two answers say the same: what the fingerprint does not see is not a change (labels, spaces, order)."""
    if one is None or other is None:
        return one is other
    return (type(one) is type(other) and one == other) or canonical(one) == canonical(other)


def canonical(value: Any) -> Any:
    """A value without what does not count: labels of codes, case of codes, spaces, order of lists."""
    match value:
        case str():
            return " ".join(value.split())
        case dict() if isinstance(code := value.get("code"), str):
            return {"system": str(value.get("system") or "").strip(), "code": code.strip().upper()}
        case dict():
            return {name: canonical(entry) for name, entry in value.items()}
        case list():
            return _unordered(map(canonical, value))
        case float() if value.is_integer():
            return int(value)
        case bool():
            return "yes" if value else "no"  # else True == 1
        case _:
            return value


def _items(document: Document) -> dict[str, Any]:
    return {
        "identifiers": sorted(identifier.lookup for identifier in document.identifiers),
        "patient": _answers(document.patient),
        "consanguinity": document.consanguinity,
        "prises_en_charge": _unordered(_prise_en_charge(entry) for entry in document.prises_en_charge),
        "activites": _unordered(map(_block, document.activites)),
        "diagnostics": _unordered(map(_block, document.diagnostics)),
        "grossesses": _unordered(map(_block, document.grossesses)),
    }


def _prise_en_charge(entry: Entry) -> dict[str, Any]:
    """Its site is its key; its id changes from one sending to the next (§4.6)."""
    return {"site": (entry.site or "").strip().casefold()} | _block(entry) | {"id": None}


def _block(entry: Entry) -> dict[str, Any]:
    return {
        "id": _lookup(entry.source_id),
        "answers": _answers(entry.answers),
        "subject": _lookup(entry.subject.fetus_id) if entry.subject else None,  # its traits are technical items here
        "fetuses": _unordered(map(_fetus, entry.fetuses)),
    }


def _fetus(fetus: Fetus) -> dict[str, Any]:
    return {"id": _lookup(fetus.fetus_id), "ipp": _lookup(fetus.ipp), "answers": _answers(fetus.answers)}


def _lookup(identifier: Identifier | None) -> str | None:
    return identifier.lookup if identifier else None


def _answers(answers: Answers) -> dict[str, Any]:
    return {item: canonical(value) for item, value in answers.items()}


def _unordered(parts: Iterable[Any]) -> list[str]:
    """Each part written once, for its place and for the whole."""
    return sorted(map(_written, parts))


def _written(part: Any) -> str:
    return orjson.dumps(part, option=orjson.OPT_SORT_KEYS).decode()
