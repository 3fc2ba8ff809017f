"""Printing: the PDF of a fiche whose every item is filled, and its bordereau, in this process, after a few to warm up.

The floor is typst alone on a document of as many lines of text, without a table, a heading or anything to compute.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import typst

from app.fiches.record import Fiche
from app.paper.press import FONTS, SHEETS, STANDARD, print_sheet
from tests.bench.table import Bound, Row, figure
from tests.full_fiche import STAMP, full_fiche
from tests.printed import AT, bordereau_of, sheet_of

PRINTED, WARM_UP, SLOWEST = 40, 5, 60
STATIC = """#set document(title: "Lignes")
#set text(lang: "fr")
"""


def measure() -> list[Row]:
    fiche = full_fiche()
    lines = _lines(fiche)
    printers: list[Callable[[int], bytes]] = [
        lambda number: _static(number, lines),
        lambda _: print_sheet("fiche", sheet_of(fiche), AT),
        lambda _: print_sheet("bordereau", bordereau_of(fiche), AT),
    ]
    floor, sheet, bordereau = _by_turns(fiche, printers)
    return [
        figure("PDF of a full fiche, median", sheet.wall, "ms", Bound("≤", SLOWEST), floor=floor.wall),
        figure("PDF of a full fiche, processor time", sheet.processor, "ms", floor=floor.processor),
        figure("PDF of a filled bordereau, median", bordereau.wall, "ms", floor=floor.wall),
    ]


@dataclass
class Took:
    """Milliseconds, medians."""

    wall: float
    processor: float


def _by_turns(fiche: Fiche, printers: list[Callable[[int], bytes]]) -> list[Took]:
    """Another name each time: typst remembers what it has already set."""
    taken: list[list[tuple[float, float]]] = [[] for _ in printers]
    for number in range(WARM_UP + PRINTED):
        fiche.patient.put("birth_family_name", f"NESSI {number}", STAMP)
        for print_one, times in zip(printers, taken, strict=True):
            started, used = time.perf_counter(), time.process_time()
            print_one(number)
            times.append((time.perf_counter() - started, time.process_time() - used))
    warm = ([*zip(*times[WARM_UP:], strict=True)] for times in taken)
    return [Took(1000 * median(wall), 1000 * median(used)) for wall, used in warm]


def _static(number: int, lines: list[str]) -> bytes:
    """The document is made beforehand as far as typst is concerned: its text stands in its source."""
    source = STATIC + "\n\n".join(f"{line} {number}" for line in lines)
    press = typst.Compiler(root=SHEETS, font_paths=FONTS, ignore_system_fonts=True)
    pdf = press.compile(input=source.encode(), format="pdf", pdf_standards=STANDARD)
    assert isinstance(pdf, bytes)
    return pdf


def _lines(fiche: Fiche) -> list[str]:
    sections = sheet_of(fiche).sections
    cards = [card for section in sections for one in section.cards for card in (one, *one.children)]
    entries = [entry for card in cards for cluster in card.clusters for entry in cluster.entries]
    return [f"{entry.label} : texte de la réponse" for entry in entries]
