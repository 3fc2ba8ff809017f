"""Fetuses on the web: each has a fiche of its own, linked to a pregnancy in its mother's (I8a)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app import audit, clock
from app.fiches.edit import apply, read_answers, refuse
from app.fiches.fetus_items import in_the_pregnancy
from app.fiches.record import BlockRecord, Fiche
from app.fiches.save import Author, new_fiche, web_stamp
from app.fiches.store import StoredFiches
from app.sdm.definition import BLOCKS
from app.sdm.identity import Identifier
from app.tenants.bind import bound_hospital

OF_THE_MOTHER = {
    "mother_birth_family_name": "birth_family_name",
    "mother_used_family_name": "used_family_name",
    "mother_birth_first_given_name": "birth_first_given_name",
}
"""Item of the fetus's fiche → item of its mother's."""


@dataclass(frozen=True, slots=True)
class Opened:
    """`mother_id` is the fiche that holds the pregnancy, opened with the fetus's when she had none."""

    fiche_id: str
    mother_id: str


def open_fetus(
    session: Session,
    *,
    mother_id: str | None,
    pregnancy_id: str | None,
    fetus: Mapping[str, Any],
    pregnancy: Mapping[str, Any],
    draft: bool,
    by: Author,
    new_id: str | None = None,
) -> Opened:
    """Two fiches in the caller's transaction. `fetus` are patient items, `pregnancy` those of a grossesse; without
    `mother_id` her fiche is opened too, from the names that the fetus is known by. `new_id` is the fetus's fiche's.
    Raises EditRefused, FicheNotFound."""
    fiches, stamp = StoredFiches(session), web_stamp(by)
    given = read_answers(BLOCKS["patient"], fetus)
    mother = fiches.load(mother_id) if mother_id else _mother(given, by)
    child = _child(mother, given, by, new_id)
    child.draft = draft
    held = _pregnancy(mother, pregnancy_id, read_answers(BLOCKS["grossesse"], pregnancy), by)
    block = BlockRecord("fetus", clock.new_id(), "web", parent_id=held.id, subject_id=child.id)
    apply(block, in_the_pregnancy(child.patient.answers), stamp)
    mother.fetuses.append(block)
    fiches.keep(mother, stamp)
    fiches.keep(child, stamp)
    for fiche in (mother, child):
        created = fiche is child or mother_id is None
        action = "fiche.create" if created else "fiche.save"
        audit.record(session, actor=f"account:{by.id}", action=action, fiche_id=fiche.id, detail={"block": "fetus"})
    return Opened(child.id, mother.id)


def _mother(given: Mapping[str, Any], by: Author) -> Fiche:
    """Her own fiche, a draft: only her names are known."""
    mother = new_fiche()
    names = {item: given[name] for name, item in OF_THE_MOTHER.items() if given.get(name)}
    if not names:
        raise refuse("Indiquer le nom de la mère : un fœtus est connu par elle.")
    sex = read_answers(BLOCKS["patient"], {"sex": "F"})
    apply(mother.patient, {**names, **sex}, web_stamp(by))
    mother.draft = True
    return mother


def _child(mother: Fiche, given: Mapping[str, Any], by: Author, new_id: str | None) -> Fiche:
    """Known by its mother and by a technical id, as those that come from the DPI."""
    child = new_fiche(new_id)
    child.kind = "fetus"
    hers = mother.patient.answers
    names = {name: hers[item] for name, item in OF_THE_MOTHER.items() if item in hers}
    apply(child.patient, {**given, **names}, web_stamp(by))
    child.add_identifier(Identifier("fetus_id", bound_hospital().fetus_oid or "", child.id))
    return child


def _pregnancy(mother: Fiche, pregnancy_id: str | None, answers: Mapping[str, Any], by: Author) -> BlockRecord:
    """The one named, else the one that began that day, else a new one."""
    start = answers.get("pregnancy_start")
    for known in mother.grossesses:
        if known.id == pregnancy_id or (start and known.answers.get("pregnancy_start") == start):
            return known
    record = BlockRecord("grossesse", clock.new_id(), "web")
    apply(record, answers, web_stamp(by))
    mother.grossesses.append(record)
    return record
