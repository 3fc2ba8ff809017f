"""The published examples and the map of items, beside the checkout; tests skip when they are absent."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from app.cda.document import Document
from app.cda.parse import parse

SHARED = Path(__file__).parents[2].parent / "shared"
EXAMPLES = {
    "2021.01": "SDM-MR_2021.01.xml",
    "2024.01-nouveau-ne": "SDM-MR_2024.01_nouveau-ne.xml",
    "2024.01-enceinte": "SDM-MR_2024.01_patiente-enceinte.xml",
}
NAMESPACES = {
    "c": "urn:hl7-org:v3",
    "sdtc": "urn:hl7-org:sdtc",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
absent = pytest.mark.skipif(not SHARED.exists(), reason="the published examples are not beside the checkout")


@cache
def example(name: str) -> bytes:
    return (SHARED / "cda" / "examples" / EXAMPLES[name]).read_bytes()


@cache
def tree(name: str) -> etree._Element:
    return etree.fromstring(example(name))


@cache
def parsed(name: str) -> Document:
    return parse(example(name))


@cache
def items() -> list[dict[str, str]]:
    if not SHARED.exists():
        return []
    with (SHARED / "sdm-mr" / "items.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))
