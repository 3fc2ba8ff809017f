"""Writes SDM-MR documents of both generations from plain answers: invented people, published structure.

The description of a document is the Document that reading it gives back. What an edition cannot state is not written.
Used by the demonstration, the tests and the benchmark.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.cda.document import Document
from app.operations.demo.body import write_body
from app.operations.demo.described import NEWBORN
from app.operations.demo.header import write_header
from app.operations.demo.markup import inside, stack

NAMESPACES = (
    'xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def make_document(document: Document = NEWBORN, **changes: Any) -> bytes:
    """The XML of a document, in UTF-8; `changes` replace fields of the description, that `parse` gives back."""
    described = replace(document, **changes)
    content = stack(write_header(described), write_body(described))
    root = f"<ClinicalDocument {NAMESPACES}>\n  {inside(content)}\n</ClinicalDocument>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'.encode()
