"""How an instance of a block is called on its card, and how a fiche is called at its head. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.fiches.ages import age
from app.fiches.record import BlockRecord, Fiche
from app.fiches.wording import say_answer
from app.frame import day, on_day
from app.sdm.definition import BLOCKS

Title = tuple[str, str]
"""The title and a note in smaller letters."""


def title_of(record: BlockRecord, sites: Mapping[str, str]) -> Title:
    return TITLES[record.block](record, sites)


def _care(record: BlockRecord, sites: Mapping[str, str]) -> Title:
    code = record.site or ""
    since = str(record.answers.get("inclusion_date") or "")
    return sites.get(code, code), f"depuis {on_day(since).removeprefix('en ')}" if since else ""


def _activity(record: BlockRecord, sites: Mapping[str, str]) -> Title:
    at, code = record.answers.get("activity_date"), str(record.answers.get("activity_site_id", ""))
    title = " · ".join(filter(None, (day(str(at)) if at else "Sans date", _said(record, "activity_context"))))
    return title, sites.get(code, code)


def _diagnosis(record: BlockRecord, _: Mapping[str, str]) -> Title:
    return _said(record, "disease") or "Maladie non précisée", _said(record, "diagnosis_status")


def _pregnancy(record: BlockRecord, _: Mapping[str, str]) -> Title:
    start, end = record.answers.get("pregnancy_start"), record.answers.get("pregnancy_end")
    title = f"Grossesse débutée {on_day(str(start))}" if start else "Grossesse"
    return title, f"terminée {on_day(str(end))}" if end else "en cours"


def _fetus(record: BlockRecord, _: Mapping[str, str]) -> Title:
    order, name = record.answers.get("fetus_order"), record.answers.get("fetus_given_name")
    outcome = _said(record, "pregnancy_outcome")
    return " · ".join(filter(None, (f"Fœtus {order or ''}".strip(), str(name or "")))), outcome


def _said(record: BlockRecord, name: str) -> str:
    value = record.answers.get(name)
    return say_answer(BLOCKS[record.block].by_name[name], value) if value else ""


TITLES: dict[str, Callable[[BlockRecord, Mapping[str, str]], Title]] = {
    "patient": lambda *_: ("Patient", ""),
    "prise_en_charge": _care,
    "activite": _activity,
    "diagnostic": _diagnosis,
    "grossesse": _pregnancy,
    "fetus": _fetus,
}


@dataclass(frozen=True, slots=True)
class Head:
    """Who the fiche is about. `detail` is « née le 14/07/1977 (49 ans) »."""

    name: str
    detail: str
    sex: str


def head_of(fiche: Fiche, today: date, fetus: str = "") -> Head:
    """`fetus` is what became of one (`outcome_of`), for who knows its pregnancy."""
    answers: Mapping[str, Any] = fiche.patient.answers
    sex = (answers.get("sex") or {}).get("code", "")
    detail = fetus if fiche.kind == "fetus" else _detail(answers, sex, today)
    return Head(name_of(answers, fiche.kind), detail, _said(fiche.patient, "sex"))


def outcome_of(block: Mapping[str, Any] | None) -> str:
    """« à naître », « Avortement spontané le 10/11/2026 »: `block` is what the pregnancy says of the fetus, None for a
    fetus that no pregnancy holds."""
    outcome, at = (block or {}).get("pregnancy_outcome"), (block or {}).get("pregnancy_outcome_date")
    if not outcome:
        return "à naître"
    return f"{say_answer(BLOCKS['fetus'].by_name['pregnancy_outcome'], outcome)}{f' {on_day(at)}' if at else ''}"


def name_of(answers: Mapping[str, Any], kind: str) -> str:
    """« NESSI Ruth »; a fetus is called by its mother."""
    own = _joined(answers, "birth_family_name", "birth_first_given_name") or _joined(answers, "", "used_given_name")
    mother = _joined(answers, "mother_birth_family_name", "mother_birth_first_given_name")
    if kind == "fetus":
        return " ".join(
            filter(None, ("Fœtus", str(answers.get("used_given_name") or ""), f"de {mother}" if mother else ""))
        )
    return own or "Sans nom"


def _joined(answers: Mapping[str, Any], family: str, given: str) -> str:
    return f"{str(answers.get(family) or '').upper()} {answers.get(given) or ''}".strip()


def _detail(answers: Mapping[str, Any], sex: str, today: date) -> str:
    birth, death = str(answers.get("birth_date") or ""), str(answers.get("death_date") or "")
    born, died = WORDS.get(sex, ("né(e)", "décédé(e)"))
    dead = answers.get("deceased") or death
    old = age(birth, death if dead else today.isoformat())
    start = f"{born} {on_day(birth)}{f' ({old})' if old else ''}" if birth else "date de naissance inconnue"
    end = f"{died} {on_day(death)}" if death else died
    return f"{start} · {end}" if dead else start


WORDS = {"F": ("née", "décédée"), "M": ("né", "décédé")}
