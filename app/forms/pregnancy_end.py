"""The end of a pregnancy, told in the fetus's fiche: a birth makes it the child's, with its history; any other outcome
stays in the pregnancy, in the mother's fiche."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import url_for

from app.fiches.birth import declare_birth
from app.fiches.edit import EditRefused
from app.fiches.fetus_items import told_at_birth
from app.fiches.fetus_link import Link, link_of
from app.fiches.quality import patient_answers
from app.fiches.record import BlockRecord, Fiche
from app.fiches.shown.titles import name_of
from app.fiches.store import StoredFiches
from app.forms import drafts
from app.forms.around import surroundings
from app.forms.desk import Desk
from app.forms.generate import form_class
from app.forms.sheet import Part, Sheet, Typed, part_of
from app.sdm.grossesse import BIRTH
from app.sdm.view import Context

OUTCOME = ("pregnancy_outcome", "pregnancy_outcome_date", "fetus_gestational_age_weeks", "foetopathology_done")
NEWBORN = (
    "birth_family_name",
    "birth_first_given_name",
    "birth_given_names",
    "sex",
    "birth_date",
    "ipp",
    "gestational_age_weeks",
    "birth_weight",
    "birth_length",
    "birth_head_circumference",
)
SAME_DAY = "Pour une naissance, la date de l’issue vaut date de naissance si celle-ci reste vide."
BORN = "La naissance est déclarée : cette fiche est maintenant celle de l’enfant. Son historique est gardé."
ENDED = "La fin de la grossesse est enregistrée, dans cette fiche et dans celle de la mère."
ORPHAN = "Cette fiche n’est rattachée à aucune grossesse : seule une naissance peut être déclarée ici."


def end_sheet(desk: Desk, fiche: Fiche, typed: Typed) -> Sheet:
    """Two parts: the outcome, in the mother's fiche when there is one; the newborn, asked after a birth."""
    key = f"fin-de-grossesse.{fiche.id}"
    draft = None if typed is not None else drafts.find(desk.session, desk.by.id, key)
    typed = draft.typed if draft else typed
    link = link_of(desk.session, fiche.id)
    parts = [*_outcome(desk, link, typed), _newborn(fiche, typed)]
    back = url_for("fiches.show", fiche_id=fiche.id)
    lead = name_of(fiche.patient.answers, fiche.kind)
    facts = (SAME_DAY,) if link else (ORPHAN,)
    return Sheet(key, "Déclarer une fin de grossesse", back, parts, None, draft, lead, facts, drafts=False)


def save_end(desk: Desk, fiche: Fiche, sheet: Sheet) -> str | None:
    """What was done, in French; None when the page is refused."""
    newborn, outcome = sheet.parts[-1], sheet.parts[0] if len(sheet.parts) > 1 else None
    born = outcome is None or _code(outcome) == BIRTH
    sheet.validate()
    if not born:
        sheet.errors = [one for one in sheet.errors if one[0] not in NEWBORN]
    if outcome and not _code(outcome):
        sheet.refuse("pregnancy_outcome", "Choisir l’issue de la grossesse.")
    child = _child(newborn, outcome) if born else {}
    if born and not child.get("birth_date"):
        sheet.refuse("birth_date", "Indiquer la date de naissance.")
    if sheet.errors:
        return None
    if born and not _declares(desk, fiche, sheet, child):
        return None
    if outcome:
        _save_outcome(desk, fiche, outcome, child)
    drafts.forget(desk.session, desk.by.id, sheet.key)
    return BORN if born else ENDED


def _declares(desk: Desk, fiche: Fiche, sheet: Sheet, child: dict[str, Any]) -> bool:
    """Before the outcome is kept: a refused page keeps nothing."""
    try:
        declare_birth(desk.session, fiche.id, child, desk.by)
    except EditRefused as refusal:
        sheet.errors.append(("", "", str(refusal)))
        return False
    return True


def _outcome(desk: Desk, link: Link | None, typed: Typed) -> list[Part]:
    if link is None:
        return []
    mother = StoredFiches(desk.session).read(link.mother_id)
    record = next(one for one in mother.fetuses if one.id == link.block_id)
    return [part_of(mother, record, typed, OUTCOME, title="Issue de la grossesse")]


def _newborn(fiche: Fiche, typed: Typed) -> Part:
    """Asked as of a born child, which it is not yet."""
    stored = patient_answers(fiche)
    form = form_class("patient", NEWBORN)(stored, Context("born"), surroundings(), typed)
    return Part(replace(fiche.patient, version=0), form, "L’enfant")


def _child(newborn: Part, outcome: Part | None) -> dict[str, Any]:
    """The day of the outcome is the day of the birth, when only the first is said."""
    given = {name: value for name, value in newborn.form.given().items() if value is not None}
    at = outcome.form.answers.get("pregnancy_outcome_date") if outcome else None
    return {"birth_date": at, **given} if at else given


def _save_outcome(desk: Desk, fiche: Fiche, outcome: Part, child: dict[str, Any]) -> None:
    """In the mother's fiche; the pregnancy ends when each of its fetuses has an outcome."""
    link = link_of(desk.session, fiche.id)
    assert link is not None
    given = told_at_birth(child) | outcome.form.given()
    at = outcome.form.answers.get("pregnancy_outcome_date") or child.get("birth_date")
    if at:
        given.setdefault("pregnancy_outcome_date", at)
    desk.save(link.mother_id, outcome.record, given)
    mother = desk.load(link.mother_id)
    pregnancy = next(one for one in mother.grossesses if one.id == link.pregnancy_id)
    if at and not pregnancy.answers.get("pregnancy_end") and _all_ended(mother, pregnancy):
        desk.save(mother.id, pregnancy, {"pregnancy_end": at})


def _all_ended(mother: Fiche, pregnancy: BlockRecord) -> bool:
    fetuses = [one for one in mother.fetuses if one.parent_id == pregnancy.id]
    return all("pregnancy_outcome" in one.answers or not one.answers for one in fetuses)


def _code(outcome: Part) -> str:
    said = outcome.form.answers.get("pregnancy_outcome")
    return str(said["code"]) if isinstance(said, dict) else ""
