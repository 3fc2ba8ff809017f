"""What a new block most likely says: the site one works for, today, oneself, and what the last activity said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import text

from app.accounts.person import Person
from app.clock import now
from app.fiches.models import activite
from app.fiches.record import BlockRecord, Fiche
from app.forms.desk import Desk
from app.forms.kinds.references import codings
from app.frame import PARIS
from app.sdm.activite import ACTIVITE
from app.sdm.answers import Coded, IllTyped, is_empty
from app.sdm.typed_codes import refuse_unknown_codes
from app.sdm.value_sets import coded_in, find_concept

REPEATED = (
    "activity_context",
    "activity_performer_name",
    "activity_performer_profession",
    "activity_performer_rpps",
    "activity_place_finess",
    "activity_place_commune_code",
    "activity_place_country_code",
)
"""What one activity shares with the next: never what names the patient, nor why they came."""
ALIKE = (*REPEATED, "activity_site_id", "activity_context_other", "activity_objectives")
"""What is repeated when a person asks to repeat the last one: all of it but its day."""
DOCTOR = "medecin"
PROFESSIONS = {DOCTOR: "G15_10", "conseiller_genetique": "329"}


def suggestions(desk: Desk, fiche: Fiche, block: str, *, repeat: bool = False) -> dict[str, Any]:
    """`repeat`: a person asks for the last activity of the fiche again, today."""
    match block:
        case "activite" if repeat and fiche.activites:
            return {"activity_date": _today()} | _of_today(last_activity(fiche).answers, ALIKE)
        case "activite":
            return _activity(desk, fiche)
        case "prise_en_charge":
            return _care(desk, fiche)
        case "diagnostic":
            return {"diagnosis_site_id": desk.site}
        case _:
            return {}


def _activity(desk: Desk, fiche: Fiche) -> dict[str, Any]:
    mine = {f"activity_performer_{name}": value for name, value in _me(desk).items()}
    return {"activity_site_id": desk.site, "activity_date": _today()} | _last(desk, fiche) | mine


def _care(desk: Desk, fiche: Fiche) -> dict[str, Any]:
    known = {care.site for care in fiche.prises_en_charge}
    return {"care_site_id": None if desk.site in known else desk.site, "out_of_label": False, **_doctor(desk)}


def _doctor(desk: Desk) -> dict[str, Any]:
    """The person who types, when a doctor."""
    me = desk.person
    if me.profession != DOCTOR:
        return {}
    return {"referring_doctor_name": _name_of(me), "referring_doctor_rpps": me.rpps or None}


def last_activity(fiche: Fiche) -> BlockRecord:
    return max(fiche.activites, key=lambda one: str(one.answers.get("activity_date", "")))


def _last(desk: Desk, fiche: Fiche) -> dict[str, Any]:
    """The fiche's last activity, else the site's: its context, performer and place."""
    if fiche.activites:
        return _of_today(last_activity(fiche).answers, REPEATED)
    return _of_today(desk.session.execute(_LAST_OF_SITE, {"site": desk.site}).scalar() or {}, REPEATED)


def _of_today(answers: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """In today's codes; what no list offers any more is not worth repeating, what none had would be refused."""
    said = {name: _in_todays_codes(name, answers[name]) for name in names if name in answers}
    return {name: answer for name, answer in said.items() if not is_empty(answer) and _may_be_typed(name, answer)}


def _may_be_typed(name: str, answer: Any) -> bool:
    try:
        refuse_unknown_codes(ACTIVITE.by_name[name], answer)
    except IllTyped:
        return False
    return True


def _today() -> str:
    return now().astimezone(PARIS).date().isoformat()


def _in_todays_codes(name: str, answer: Any) -> Any:
    item = ACTIVITE.by_name[name]
    if not (isinstance(item.answer, Coded) and item.answer.value_set):
        return answer
    known = (find_concept(item.answer.value_set, one["code"]) for one in codings(answer))
    current = [one.current or one for one in known if one and not one.dropped]
    said = [{"system": one.system, "code": one.code, "label": one.label} for one in current]
    return said if item.multiple else next(iter(said), None)


def _me(desk: Desk) -> dict[str, Any]:
    """The person who types, when they are a professional with an RPPS number."""
    me = desk.person
    if not me.rpps:
        return {}
    known = {"name": _name_of(me), "rpps": me.rpps}
    code = PROFESSIONS.get(me.profession or "")
    return known | ({"profession": coded_in(PROFESSION_SET).read(code)} if code else {})


def _name_of(person: Person) -> str:
    return f"{person.family_name.upper()} {person.given_name}".strip()


PROFESSION_SET = "JDV_ProfessionPersonnelActivite_CISIS"
_LAST_OF_SITE = text(
    f"select answers from {activite.name} where site = :site and activity_date is not null"
    " order by activity_date desc limit 1"
)
