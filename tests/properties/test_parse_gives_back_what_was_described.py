"""`parse(make_document(x))` is x, whatever an edition can state: two hands wrote the maker and the reader."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from app.cda.document import Document, Entry, Fetus
from app.cda.parse import parse
from app.operations.demo.described import DESCRIBED
from app.operations.demo.documents import make_document
from tests.properties.described_documents import documents


def without_lines(document: Document) -> Document:
    """Lines and findings belong to the bytes, not to the description."""

    def fetus(one: Fetus) -> Fetus:
        return replace(one, line=None)

    def entry(one: Entry) -> Entry:
        subject = one.subject and fetus(one.subject)
        return replace(one, line=None, subject=subject, fetuses=tuple(fetus(child) for child in one.fetuses))

    blocks: dict[str, Any] = {
        name: tuple(entry(one) for one in getattr(document, name))
        for name in ("prises_en_charge", "activites", "diagnostics", "grossesses")
    }
    return replace(document, findings=(), **blocks)


@pytest.mark.parametrize("described", DESCRIBED, ids=lambda described: described.document_id)
def test_a_ready_description_comes_back(described: Document) -> None:
    assert without_lines(parse(make_document(described))) == described


@settings(max_examples=60, deadline=None)
@given(documents())
def test_any_description_comes_back(described: Document) -> None:
    assert without_lines(parse(make_document(described))) == described


def test_the_same_description_makes_the_same_bytes() -> None:
    assert [make_document(described) for described in DESCRIBED] == [
        make_document(described) for described in DESCRIBED
    ]
