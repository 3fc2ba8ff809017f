"""O6: a code that its terminology does not have is kept, and its sender told (W-CODE). Pure: which codes are unknown is
asked of `unknown_among`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import Any

from app.cda.document import Document, Entry
from app.cda.outcomes import Finding

Code = tuple[str, str]
NOT_THERE = "Ce code n’existe pas dans sa terminologie : il est gardé tel quel."
UnknownAmong = Callable[[Collection[Code]], set[Code]]


def with_unknown_codes(document: Document, unknown_among: UnknownAmong) -> Document:
    """The document with a finding for each code that its terminology does not have."""
    met = [(code, line) for entry in _entries(document) for code in _codes(entry.answers) for line in [entry.line]]
    unknown = unknown_among({code for code, _ in met})
    findings = tuple(Finding("W-CODE", NOT_THERE, line) for code, line in met if code in unknown)
    return replace(document, findings=(*document.findings, *findings)) if findings else document


def _entries(document: Document) -> Iterator[Entry]:
    yield Entry(document.patient)
    yield from (*document.prises_en_charge, *document.activites, *document.diagnostics, *document.grossesses)


def _codes(value: Any) -> Iterator[Code]:
    match value:
        case {"system": str(system), "code": str(code)}:
            yield system, code
        case dict():
            for one in value.values():
                yield from _codes(one)
        case list():
            for one in value:
                yield from _codes(one)
