"""The figures of a dashboard: every state, in the order of the work to do, with its part of the whole."""

from __future__ import annotations

from app.fiches.lists.filters import STATES
from app.steering.figures import by_quality


def test_every_state_is_told_even_without_a_fiche() -> None:
    assert [(one.word, one.number, one.share) for one in by_quality({})] == [(word, 0, None) for word in STATES]


def test_each_state_has_its_part_of_the_whole() -> None:
    figures = {one.state: (one.number, one.share) for one in by_quality({"complete": 3, "incomplete": 1})}
    assert figures == {"draft": (0, 0), "incomplete": (1, 25), "to_correct": (0, 0), "complete": (3, 75)}
