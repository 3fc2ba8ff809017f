"""Sheets printed in a test, and what a reader finds in them."""

from __future__ import annotations

import io
import unicodedata
from datetime import UTC, date, datetime
from typing import Any

from pypdf import PdfReader

from app.fiches.quality import assess
from app.fiches.record import Fiche
from app.fiches.shown.chips import Chips
from app.fiches.shown.screen import draw
from app.fiches.shown.titles import head_of
from app.paper.bordereau import Bordereau, filled_bordereau
from app.paper.fiche_sheet import FicheSheet, fiche_sheet
from app.paper.imprint import Imprint
from app.paper.question import Desk

AT = datetime(2026, 11, 22, 7, 31, tzinfo=UTC)
TODAY = date(2026, 11, 22)
IMPRINT = Imprint("Hôpital d’essai", "Génétique", "Claire Martin", AT, "22/11/2026 à 08 h 31")
DESK = Desk({"S001": "Génétique", "S002": "Neurologie"}, "S001")


def sheet_of(fiche: Fiche, **more: Any) -> FicheSheet:
    quality = assess(fiche, TODAY)
    sections = draw(fiche, quality.problems, Chips({}, {}), DESK.sites)
    return fiche_sheet(fiche, head_of(fiche, TODAY), quality, sections, IMPRINT, **more)


def bordereau_of(fiche: Fiche) -> Bordereau:
    return filled_bordereau(fiche, head_of(fiche, TODAY), DESK, IMPRINT)


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """What is read on all its pages, blanks and places to break apart."""
    return flat("".join(page.extract_text() for page in reader(pdf).pages))


def flat(text: str) -> str:
    """Without what a line's end or a font's ligature changes."""
    return "".join(unicodedata.normalize("NFKC", text).replace("\u200b", "").replace("\u00ad", "").split())
