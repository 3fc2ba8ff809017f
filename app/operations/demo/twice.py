"""A woman entered at two sites, under her birth name and under the one she uses: what identity alerts are there for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from sqlalchemy import text

from app.clock import now
from app.fiches.author import find_author
from app.fiches.save import save_answers
from app.identity.search import nightly
from app.operations.demo.diseases import invent_diagnosis
from app.operations.demo.visits import invent_care
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital

BORN = date(1984, 7, 3)
HER = {"birth_first_given_name": "Hélène", "sex": "F", "birth_date": BORN.isoformat(), "birth_country_code": "FR"}
LONGEST_SEARCH = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Entry:
    """`fiche_id` is written down: the demonstration is the same everywhere, and she is entered once."""

    fiche_id: str
    site: str
    by: str
    patient: dict[str, Any]


ENTRIES = (
    Entry(
        "01968a52-7c00-7000-8000-00000000de01",
        "S001",
        "clinicien@demo.bamara.example",
        HER
        | {
            "birth_family_name": "LEMOINE",
            "used_family_name": "GAUTHIER",
            "birth_given_names": "Hélène Louise",
            "birth_commune_code": "75056",
            "residence_commune_code": "69123",
            "residence_country_code": "FR",
            "data_reuse_opposition": False,
            "ipp": "K00000731",
        },
    ),
    Entry(
        "01968a52-7c00-7000-8000-00000000de02",
        "S002",
        "secretaire@demo.bamara.example",
        HER
        | {
            "birth_family_name": "GAUTHIER",
            "birth_given_names": "Hélène",
            "birth_commune_code": "75056",
            "residence_commune_code": "75056",
            "residence_country_code": "FR",
            "deceased": False,
            "ipp": "K00000946",
        },
    ),
)


def enter_twice(hospital: Hospital) -> None:
    """Then searches, unless that was done lately. Safe to call again."""
    for entry in ENTRIES:
        _enter(hospital, entry)
    with hospital_session(hospital.code) as session:
        standing = nightly.standing(session, LONGEST_SEARCH)
    if standing is nightly.Standing.DUE:
        nightly.search(hospital.code)


def _enter(hospital: Hospital, entry: Entry) -> None:
    """Through the path of the forms, in one transaction."""
    by = find_author(entry.by, hospital.code, "hospital:fiche:write")
    save = partial(save_answers, hospital=hospital, site=entry.site, key=None, by=by)
    with hospital_session(hospital.code) as session:
        if session.scalar(_KNOWN, {"id": entry.fiche_id}):
            return
        save(session, fiche_id=None, block="patient", answers=entry.patient, new_id=entry.fiche_id)
        for block, answers in _followed(entry).items():
            save(session, fiche_id=entry.fiche_id, block=block, answers=answers)


def _followed(entry: Entry) -> dict[str, dict[str, Any]]:
    """For the same disease at both sites."""
    today, draw, again = now().date(), Random(entry.site), Random("LEMOINE")  # noqa: S311 - reproducible on purpose
    return {
        "prise_en_charge": invent_care(draw, entry.site, BORN, today),
        "diagnostic": invent_diagnosis(again, (today - BORN).days // 31),
    }


_KNOWN = text("select exists (select from fiche where id = :id)")
