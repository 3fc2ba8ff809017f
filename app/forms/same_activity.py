"""The same activity twice on one day: told, never refused, for somebody may well be seen twice. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.fiches.record import BlockRecord, Fiche
from app.forms.kinds.references import codings
from app.sdm.answers import tells_the_day
from app.sdm.identity import normalise_name

Answers = Mapping[str, Any]
DAY, CONTEXT = "activity_date", "activity_context"
TELLS_APART = frozenset({DAY, CONTEXT, "activity_site_id", "activity_objectives", "activity_performer_name"})
"""A place or a profession left out does not make another activity."""


def twin_of(fiche: Fiche, record: BlockRecord, answers: Answers) -> BlockRecord | None:
    """The activity of the same day that nothing tells apart from `answers`, which `record` holds or will hold."""
    if not tells_the_day(answers.get(DAY, "")) or CONTEXT not in answers:
        return None
    others = (one for one in fiche.activites if one.id != record.id)
    return next((one for one in others if _alike(one.answers, answers)), None)


def _alike(one: Answers, other: Answers) -> bool:
    """Both say the day and the context; an objective or a name that one of them leaves out tells nothing."""
    if not {DAY, CONTEXT} <= one.keys():
        return False
    return all(_plain(one[name]) == _plain(other[name]) for name in TELLS_APART & one.keys() & other.keys())


def _plain(answer: Any) -> frozenset[str]:
    """Its codes, or its text as people compare it: a document writes labels and capitals its own way."""
    if isinstance(answer, str):
        return frozenset({normalise_name(answer)})
    return frozenset(str(one["code"]) for one in codings(answer))
