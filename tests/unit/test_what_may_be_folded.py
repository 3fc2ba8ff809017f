"""On a long fiche, older activities are folded under their titles: never one that waits for somebody."""

from __future__ import annotations

from app.fiches.quality import assess
from app.fiches.shown.chips import Chips
from app.fiches.shown.screen import Card, draw
from tests.full_fiche import full_fiche


def activity(*, without: str | None = None, emptied: str | None = None, created: bool = False) -> Card:
    """Its card, on the screen."""
    fiche = full_fiche()
    record = fiche.activites[0]
    record.answers.pop(without or "", None)
    waiting = frozenset({(record.id, emptied)} if emptied else ())
    problems = [one for one in assess(fiche).problems if without and one[2].item == without]
    sections = draw(fiche, problems, Chips({}, {}), {}, waiting, frozenset({record.id} if created else ()))
    return next(section for section in sections if section.anchor == "activite").cards[0]


def test_an_activity_that_asks_nothing_may_be_folded() -> None:
    assert activity().settled


def test_what_is_missing_is_never_folded() -> None:
    assert not activity(without="activity_context").settled


def test_what_the_dpi_emptied_is_never_folded() -> None:
    assert not activity(emptied="activity_context").settled


def test_a_site_that_the_dpi_created_is_never_folded() -> None:
    assert not activity(created=True).settled
