"""How an instance of a block is called on its card. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.fiches.record import BlockRecord
from app.fiches.shown.titles import Title
from app.fiches.wording import say
from app.frame import day

Answers = Mapping[str, Any]


def title_of(record: BlockRecord, label: str) -> Title:
    return TITLES.get(record.block, lambda _: (label, ""))(record.answers)


def _treatment(answers: Answers) -> Title:
    start, stop = answers.get("sdmt_start"), answers.get("sdmt_stop")
    words = (
        f"depuis {day(start)}" if start and not stop else day(start) if start else "",
        f"arrêté {day(stop)}" if stop else "",
    )
    return answers.get("sdmt_drug") or "Médicament non précisé", ", ".join(filter(None, words))


def _dated(date: str, what: str, note: str) -> Callable[[Answers], Title]:
    def title(answers: Answers) -> Title:
        said = (day(str(answers[date])) if answers.get(date) else "Sans date", _said(answers, what))
        return " · ".join(filter(None, said)), _said(answers, note)

    return title


def _said(answers: Answers, item: str) -> str:
    return say(answers[item]) if answers.get(item) else ""


TITLES: Mapping[str, Callable[[Answers], Title]] = {
    "sdmt_treatment": _treatment,
    "errance_review": _dated("errance_review_date", "errance_review_kind", "errance_review_conclusion"),
    "foeto_addition": _dated("foeto_addition_date", "foeto_addition_kind", ""),
}
