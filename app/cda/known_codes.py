"""O6: a code that its terminology does not have is kept, and its sender told (W-CODE). Pure: which codes are unknown is
asked of `unknown_among`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from app.cda.document import Document, Entry
from app.cda.outcomes import Finding
from app.sdm.oids import CODE_FORMS, ORPHA_DISEASES, ORPHA_GROUPS

Code = tuple[str, str]
NOT_THERE = "Ce code n’existe pas dans sa terminologie : il est gardé tel quel."
_ORPHANET = re.compile(r"[1-8]?\d{1,5}")
"""No code of Orphanet is near 900 000: the highest was below 700 000 in 2025."""
FORMS = {**CODE_FORMS, ORPHA_DISEASES: _ORPHANET, ORPHA_GROUPS: _ORPHANET}
UnknownAmong = Callable[[Collection[Code]], set[Code]]


def with_unknown_codes(document: Document, unknown_among: UnknownAmong) -> Document:
    """The document with a finding for each code that its terminology does not have."""
    met = [(code, entry.line) for entry in _entries(document) for code in _codes(entry.answers.values())]
    codes = {code for code, _ in met}
    unknown = unknown_among(codes) | {code for code in codes if cannot_be(*code)}
    findings = tuple(Finding("W-CODE", NOT_THERE, line) for code, line in met if code in unknown)
    return replace(document, findings=(*document.findings, *findings)) if findings else document


def cannot_be(system: str, code: str) -> bool:
    """It is no code of its system, whatever release is loaded here."""
    form = FORMS.get(system)
    return form is not None and not form.fullmatch(code.strip())


def _entries(document: Document) -> Iterator[Entry]:
    yield Entry(document.patient)
    yield from (*document.prises_en_charge, *document.activites, *document.diagnostics, *document.grossesses)


def _codes(answers: Iterable[Any]) -> Iterator[Code]:
    """Those of the answers and of what they hold, in order. Asked of every answer of every document: no pattern."""
    for one in answers:
        if isinstance(one, list):
            yield from _codes(one)
        elif isinstance(one, dict):
            system, code = one.get("system"), one.get("code")
            if isinstance(system, str) and isinstance(code, str):
                yield system, code
            else:
                yield from _codes(one.values())
