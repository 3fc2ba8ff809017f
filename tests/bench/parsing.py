"""Reading documents: how many a core reads in a second, every item extracted, beside what lxml alone costs.

The floor parses the same bytes and indexes every element by its template and its code in one pass: no reader that
looks at a whole document can go under it. Times are those of the processor; the best of several rounds is kept,
because a busy machine only ever adds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from lxml import etree

from app.cda.parse import parse
from app.operations.demo.described import DESCRIBED
from app.operations.demo.documents import make_document
from tests.bench.table import Bound, Row, figure

ROUNDS, TIMES = 9, 20
UNIT = "documents/s per core"
PUBLISHED = Path(__file__).parents[2].parent / "shared" / "cda" / "examples"


def measure() -> list[Row]:
    ours = [make_document(described) for described in DESCRIBED]
    published = [path.read_bytes() for path in sorted(PUBLISHED.glob("*.xml"))]
    rows = [_reading("read our own documents", ours)]
    if published:
        rows.append(_reading("read the published examples", published))
    rows.append(
        figure("write documents", _per_second(make_document, DESCRIBED), "documents/s per core", Bound("≥", 300))
    )
    return rows


def _reading(name: str, bodies: list[bytes]) -> Row:
    floor = _per_second(_parse_and_index, bodies)
    return figure(name, _per_second(parse, bodies), UNIT, Bound("≥", 400), floor=floor)


def _per_second(do: Callable[[Any], object], given: Iterable[Any]) -> float:
    """How many a second, in processor time: the best of the rounds."""
    everything = [*given] * TIMES
    return len(everything) / min(_spent(do, everything) for _ in range(ROUNDS))


def _spent(do: Callable[[Any], object], everything: list[Any]) -> float:
    started = time.process_time()
    for one in everything:
        do(one)
    return time.process_time() - started


def _parse_and_index(body: bytes) -> dict[str, list[etree._Element]]:
    index: dict[str, list[etree._Element]] = {}
    for element in etree.fromstring(body).iter():
        if key := element.get("code") or element.get("root"):
            index.setdefault(key, []).append(element)
    return index
