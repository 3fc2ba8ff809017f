"""Finding a patient whose name was typed with one slip: how often the name meant is among those shown."""

from __future__ import annotations

import random

from app.fiches.search.find import search
from app.tenants.bind import hospital_session
from tests.bench.desks import Desk
from tests.bench.table import Bound, Row, figure
from tests.distortions import one_typo

QUESTIONS = 500
LEAST = 0.97
SEED = 11


def recall(desk: Desk) -> Row:
    """Of the invented French names of a hospital, family name and given name."""
    draw = random.Random(SEED)
    meant = [desk.names[fiche_id] for fiche_id in draw.choices(desk.fiches, k=QUESTIONS)]
    found = sum(_is_found(desk, name, one_typo(name, draw)) for name in meant)
    name = f"search with one typo, {desk.size} fiches: the name meant is shown"
    return figure(name, found / QUESTIONS, "of the questions", Bound("≥", LEAST))


def _is_found(desk: Desk, name: str, typed: str) -> bool:
    with hospital_session(desk.hospital.code) as session:
        return any(f"{line.family_name} {line.given_name}" == name for line in search(session, typed))
