"""Open a fiche: the patient with their first prise en charge and diagnosis, or a fetus with its pregnancy, at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, url_for

from app.fiches.fetus_items import MOTHER_NAMES
from app.fiches.fetuses import OF_THE_MOTHER, open_fetus
from app.fiches.record import BlockRecord, Fiche
from app.fiches.save import new_fiche
from app.fiches.shown.titles import name_of
from app.forms import drafts
from app.forms.add import ASSUMED, new_part, sent_again
from app.forms.desk import Desk
from app.forms.edit import Kept, Refused
from app.forms.opened import what_it_creates
from app.forms.sent_twice import Already, fiche_of
from app.forms.sheet import Part, Sheet, Typed, part_of

KNOWN_BY = frozenset({"birth_family_name", "birth_first_given_name", "used_family_name", "ins", "ipp"})
NOBODY = "Indiquer au moins un nom ou un identifiant : une fiche vide ne peut pas être retrouvée."
OF_A_FETUS = (
    *MOTHER_NAMES,
    "used_given_name",
    "sex",
    "multiple_birth",
    "multiple_birth_order",
    "antenatal_malformation",
)


@dataclass(frozen=True, slots=True)
class Mother:
    """The fiche that a fetus is opened from, and the pregnancy when it is named."""

    fiche: Fiche
    pregnancy: BlockRecord | None


def patient_sheet(desk: Desk, typed: Typed) -> Sheet:
    key = "nouvelle.patient"
    draft = None if typed is not None else drafts.find(desk.session, desk.by.id, key)
    typed = draft.typed if draft else typed
    fiche = new_fiche()
    parts = [
        part_of(fiche, fiche.patient, typed, title="Patient"),
        new_part(desk, fiche, "prise_en_charge", typed, "Prise en charge"),
        new_part(desk, fiche, "diagnostic", typed, "Diagnostic"),
    ]
    return Sheet(key, "Nouvelle fiche", url_for("fiches.home"), parts, draft=draft)


def fetus_sheet(desk: Desk, mother: Mother | None, typed: Typed) -> Sheet:
    key = f"nouvelle.foetus.{mother.fiche.id if mother else 'sans-mere'}"
    draft = None if typed is not None else drafts.find(desk.session, desk.by.id, key)
    typed = draft.typed if draft else typed
    fiche = new_fiche()
    fiche.kind = "fetus"
    names = tuple(name for name in OF_A_FETUS if not (mother and name in MOTHER_NAMES))
    parts = [part_of(fiche, fiche.patient, typed, names, title="Fœtus")]
    if not (mother and mother.pregnancy):
        parts.append(new_part(desk, fiche, "grossesse", typed, "Grossesse"))
    parts.append(new_part(desk, fiche, "prise_en_charge", typed, "Prise en charge"))
    lead = f"Mère : {name_of(mother.fiche.patient.answers, 'born')}" if mother else ""
    back = url_for("fiches.show", fiche_id=mother.fiche.id) if mother else url_for("fiches.home")
    return Sheet(key, "Nouvelle fiche de fœtus", back, parts, draft=draft, lead=lead)


def mother_of(desk: Desk, fiche_id: str | None, pregnancy_id: str | None) -> Mother | None:
    """Her fiche, its reading traced; 404 when it is not one of this hospital's."""
    if not fiche_id:
        return None
    fiche = desk.read(fiche_id)
    pregnancy = next((one for one in fiche.grossesses if one.id == pregnancy_id), None)
    return Mother(fiche, pregnancy) if fiche.kind == "born" else abort(404)


def save_patient(desk: Desk, sheet: Sheet, *, draft: bool) -> Refused | Kept | Already:
    sheet.validate()
    patient, care, diagnosis = sheet.parts
    given = _given(patient)
    patient.record.id = what_it_creates(sheet.key)
    if twin := fiche_of(desk, patient.record.id):
        return sent_again(sheet, Already(twin.id, twin), given)
    if not sheet.errors and KNOWN_BY.isdisjoint(given):
        sheet.refuse("birth_family_name", NOBODY)
    if sheet.errors:
        return Refused(sheet)
    saved = desk.save(None, patient.record, given, draft=draft)
    fiche = _save_care(desk, saved.fiche, care)
    described = _given(diagnosis)
    if described.keys() - ASSUMED:
        fiche = desk.save(fiche.id, diagnosis.record, described, loaded=fiche).fiche
    drafts.forget(desk.session, desk.by.id, sheet.key)
    return Kept(fiche, patient.record, tuple(given), duplicates=saved.likely_duplicates)


def save_fetus(desk: Desk, mother: Mother | None, sheet: Sheet, *, draft: bool) -> Refused | Kept | Already:
    sheet.validate()
    by_block = {part.record.block: part for part in sheet.parts}
    given, new_id = _given(by_block["patient"]), what_it_creates(sheet.key)
    if twin := fiche_of(desk, new_id):
        return sent_again(sheet, Already(twin.id, twin), given | _names_of(mother))
    if not (mother or sheet.errors or given.get("mother_birth_family_name")):
        sheet.refuse("mother_birth_family_name", "Indiquer le nom de la mère : un fœtus est connu par elle.")
    if sheet.errors:
        return Refused(sheet)
    opened = open_fetus(
        desk.session,
        mother_id=mother.fiche.id if mother else None,
        pregnancy_id=mother.pregnancy.id if mother and mother.pregnancy else None,
        fetus=given,
        pregnancy=_given(by_block["grossesse"]) if "grossesse" in by_block else {},
        draft=draft,
        by=desk.by,
        new_id=new_id,
    )
    fiche = _save_care(desk, desk.load(opened.fiche_id), by_block["prise_en_charge"])
    drafts.forget(desk.session, desk.by.id, sheet.key)
    return Kept(fiche, by_block["patient"].record, tuple(given) or ("sex",))


def _names_of(mother: Mother | None) -> dict[str, Any]:
    """A fetus is known by its mother: her names are hers, whatever the page says."""
    hers = mother.fiche.patient.answers if mother else {}
    return {name: hers[item] for name, item in OF_THE_MOTHER.items() if item in hers}


def _save_care(desk: Desk, fiche: Fiche, care: Part) -> Fiche:
    """The fiche belongs to the site at work from its first day: its lists show it."""
    return desk.save(fiche.id, care.record, {"care_site_id": desk.site, **_given(care)}, loaded=fiche).fiche


def _given(part: Part) -> dict[str, Any]:
    given: Mapping[str, Any] = part.form.given()
    return {name: value for name, value in given.items() if value is not None}
