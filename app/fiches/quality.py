"""The quality state of a fiche: what is missing, what contradicts itself. Pure; recomputed at every change.

A born fiche needs its patient's mandatory items, a prise en charge and a diagnosis. A fetus is known by its mother:
it is not asked for a birth, nor for a prise en charge, which no document can tell for it (identifiers.md §5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.clock import now
from app.fiches.record import BlockRecord, Fiche
from app.sdm.answers import Value
from app.sdm.check import Problem, check_block
from app.sdm.definition import BLOCKS
from app.sdm.identity import ins_key_is_valid
from app.sdm.model import Block
from app.sdm.view import Context

State = Literal["draft", "incomplete", "to_correct", "complete"]

STATE_LABELS: dict[State, str] = {
    "draft": "Brouillon",
    "incomplete": "À compléter",
    "to_correct": "À corriger",
    "complete": "Complète",
}

Located = tuple[str, str | None, Problem]
"""A problem, its block and the block's id: None when the block itself is missing. An item "" is the whole block."""


@dataclass(frozen=True, slots=True)
class Quality:
    state: State
    problems: tuple[Located, ...]


def assess(fiche: Fiche, today: date | None = None) -> Quality:
    """The state and its reasons, in the order of the screen. `today` is what a date is « in the future » of."""
    problems = tuple(problems_of(fiche, today or now().date()))
    return Quality(_state(fiche.draft, problems), problems)


def _state(draft: bool, problems: tuple[Located, ...]) -> State:
    """The draft flag wins; an incoherence is more pressing than a gap."""
    severities = {problem.severity for _, _, problem in problems}
    if draft:
        return "draft"
    if "incoherent" in severities:
        return "to_correct"
    return "incomplete" if severities else "complete"


def problems_of(fiche: Fiche, today: date, blocks: Mapping[str, Block] = BLOCKS) -> Iterator[Located]:
    """`blocks`: the definition to hold the fiche to, whole or in part."""
    patient = patient_answers(fiche)
    prenatal = any(one.kind in ("fetus_id", "former_fetus_id") for one in fiche.identifiers)
    parents = {one.id: one.answers for one in fiche.grossesses}
    for name, block in blocks.items():
        for record in _asked(fiche.blocks(name)):
            answers = patient if name == "patient" else _keyed(record)
            context = Context(fiche.kind, patient, parents.get(record.parent_id or "", {}), today, prenatal)
            for problem in check_block(block, answers, context):
                yield name, record.id, problem
        yield from _missing_block(fiche, name)
    if fiche.kind == "born":
        yield from _activities_without_care(fiche)


def _asked(records: list[BlockRecord]) -> list[BlockRecord]:
    """All but the bare link to a child already born: its mother's fiche is asked nothing more about it (I9)."""
    return [one for one in records if one.block != "fetus" or one.answers]


IDENTIFIERS = tuple(item for item in BLOCKS["patient"].items if item.identifier)
"""The items of the patient that are identifiers."""


def patient_answers(fiche: Fiche) -> dict[str, Value]:
    """The patient's answers with the identifiers that are items too; of several INS, a wrong one is told first."""
    answers = dict(fiche.patient.answers)
    for item in IDENTIFIERS:
        known = [one.extension for one in fiche.identifiers if one.kind == item.identifier]
        if known:
            answers[item.name] = next((one for one in known if not ins_key_is_valid(one)), known[0])
    return answers


def _keyed(record: BlockRecord) -> dict[str, Value]:
    """The answers of a block, its site told by its key when no answer tells it (P1)."""
    if record.block == "prise_en_charge" and record.site:
        return {"care_site_id": record.site, **record.answers}
    return record.answers


def _missing_block(fiche: Fiche, name: str) -> Iterator[Located]:
    if fiche.kind == "born" and name in NEEDED and not fiche.blocks(name):
        yield name, None, Problem("", NEEDED[name], "missing")


NEEDED = {
    "prise_en_charge": "Ajouter au moins une prise en charge.",
    "diagnostic": "Ajouter au moins un diagnostic.",
}


def _activities_without_care(fiche: Fiche) -> Iterator[Located]:
    """An activity whose site has no prise en charge in the fiche is stored, and told (G3)."""
    sites = {site_key(one.site or one.answers.get("care_site_id")) for one in fiche.prises_en_charge}
    for activity in fiche.activites:
        site = site_key(activity.answers.get("activity_site_id"))
        if site and site not in sites:
            yield "activite", activity.id, Problem("activity_site_id", NO_CARE, "incoherent")


NO_CARE = "Ce site n’a pas de prise en charge dans la fiche. Ajouter la prise en charge ou corriger le site."


def site_key(site: object) -> str:
    return site.strip().casefold() if isinstance(site, str) else ""
