"""A treatment told in order: its start, its changes, its visits, what went wrong, its end. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

Kind = Literal["start", "change", "visit", "event", "stop"]


class Moment(NamedTuple):
    """`date` is a partial date, "" when nobody knows it; `title` what happened, `note` the rest."""

    date: str
    kind: Kind
    title: str
    note: str = ""


RANKS: Mapping[Kind, int] = {"start": 0, "change": 1, "visit": 2, "event": 3, "stop": 4}
"""On the same day; a date of which only the year is known stands at its beginning."""


def timeline(answers: Mapping[str, Any]) -> list[Moment]:
    """Earliest first; what has no date comes last."""
    return sorted(_moments(answers), key=lambda one: (not one.date, one.date, RANKS[one.kind]))


def _moments(answers: Mapping[str, Any]) -> Iterator[Moment]:
    if answers.get("sdmt_start"):
        yield Moment(answers["sdmt_start"], "start", "Début du traitement", _text(answers, "sdmt_dose"))
    for change in answers.get("sdmt_changes", ()):
        note = _joined(_text(change, "sdmt_change_dose"), _text(change, "sdmt_change_reason"))
        title = _label(change, "sdmt_change_kind") or "Changement"
        yield Moment(_text(change, "sdmt_change_date"), "change", title, note)
    for visit in answers.get("sdmt_visits", ()):
        note = _joined(_label(visit, "sdmt_visit_effect"), _text(visit, "sdmt_visit_comment"))
        yield Moment(_text(visit, "sdmt_visit_date"), "visit", "Visite", note)
    for event in answers.get("sdmt_events", ()):
        title = "Événement indésirable" + (" grave" if event.get("sdmt_event_serious") else "")
        note = _joined(_text(event, "sdmt_event"), _label(event, "sdmt_event_outcome"))
        yield Moment(_text(event, "sdmt_event_date"), "event", title, note)
    if answers.get("sdmt_stop"):
        yield Moment(answers["sdmt_stop"], "stop", "Fin du traitement", _label(answers, "sdmt_stop_reason"))


def _text(answers: Mapping[str, Any], name: str) -> str:
    return str(answers.get(name) or "")


def _label(answers: Mapping[str, Any], name: str) -> str:
    """The label that was stored with the code: it stays readable when the list no longer has it."""
    coded = answers.get(name) or {}
    return coded.get("label") or coded.get("code") or ""


def _joined(*parts: str) -> str:
    return " — ".join(filter(None, parts))
