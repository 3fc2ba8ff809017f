"""What a new block most likely says: the site one works for, today, oneself, and what the last activity said."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, text

from app.accounts.models import Account
from app.clock import now
from app.fiches.models import activite
from app.fiches.record import Fiche
from app.forms.desk import Desk
from app.frame import PARIS
from app.sdm.activite import ACTIVITE
from app.sdm.answers import Coded
from app.sdm.value_sets import coded_in, find_concept
from app.tenants.bind import shared_session

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
PROFESSIONS = {"medecin": "G15_10", "conseiller_genetique": "329"}


def suggestions(desk: Desk, fiche: Fiche, block: str) -> dict[str, Any]:
    match block:
        case "activite":
            return _activity(desk, fiche)
        case "prise_en_charge":
            return _care(desk, fiche)
        case "diagnostic":
            return {"diagnosis_site_id": desk.site}
        case _:
            return {}


def _activity(desk: Desk, fiche: Fiche) -> dict[str, Any]:
    today = now().astimezone(PARIS).date().isoformat()
    mine = {f"activity_performer_{name}": value for name, value in _me(desk).items()}
    return {"activity_site_id": desk.site, "activity_date": today} | _last(desk, fiche) | mine


def _care(desk: Desk, fiche: Fiche) -> dict[str, Any]:
    me = _me(desk)
    doctor = {"referring_doctor_name": me.get("name"), "referring_doctor_rpps": me.get("rpps")} if me else {}
    known = {care.site for care in fiche.prises_en_charge}
    return {"care_site_id": None if desk.site in known else desk.site, "out_of_label": False, **doctor}


def _last(desk: Desk, fiche: Fiche) -> dict[str, Any]:
    """The fiche's last activity, else the site's: its context, performer and place."""
    held = sorted(fiche.activites, key=lambda one: str(one.answers.get("activity_date", "")))
    of_site: dict[str, Any] = {} if held else desk.session.execute(_LAST_OF_SITE, {"site": desk.site}).scalar() or {}
    answers = held[-1].answers if held else of_site
    said = ((name, answers[name]) for name in REPEATED if name in answers)
    return {name: answer for name, answer in said if _is_of_today(name, answer)}


def _is_of_today(name: str, answer: Any) -> bool:
    """A code that no list offers any more is not worth repeating."""
    item = ACTIVITE.by_name[name]
    if not (isinstance(item.answer, Coded) and item.answer.value_set):
        return True
    concept = find_concept(item.answer.value_set, answer["code"])
    return concept is not None and concept.current is None and not concept.dropped


def _me(desk: Desk) -> dict[str, Any]:
    """The person who types, when they are a professional with an RPPS number."""
    asked = select(Account.given_name, Account.family_name, Account.rpps, Account.profession)
    with shared_session() as session:
        row = session.execute(asked.where(Account.id == desk.by.id)).one()
    if not row.rpps:
        return {}
    known = {"name": f"{row.family_name.upper()} {row.given_name}".strip(), "rpps": row.rpps}
    code = PROFESSIONS.get(row.profession or "")
    return known | ({"profession": coded_in(PROFESSION_SET).read(code)} if code else {})


PROFESSION_SET = "JDV_ProfessionPersonnelActivite_CISIS"
_LAST_OF_SITE = text(
    f"select answers from {activite.name} where site = :site and activity_date is not null"
    " order by activity_date desc limit 1"
)
