"""Who follows the invented patients, and when they come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any
from zlib import crc32

from app.operations.demo.diseases import coded
from app.operations.demo.people import FAMILY_NAMES, GIVEN_NAMES, rpps

CONSULTATION, REMOTE, DAY_HOSPITAL, STAY, MEETING = "11429006", "448337001", "29", "ORG-045", "1268903003"
DIAGNOSIS, FOLLOW_UP, EDUCATION, SETTING_UP = "165197003", "413467001", "410129006", "ORG-046"
PHYSICIAN, COUNSELLOR, NURSE = "G15_10", "329", "G15_60"
REFERRERS = ("G15_10/SM54", "ORG-021", "ORG-022", "G15_10/C72", "GEN-092.05.02", "ORG-183", "ORG-019")
DOCTORS_OF_A_SITE = 6


def invent_care(draw: Random, site: str, birth: date, until: date) -> dict[str, Any]:
    """The answers of one prise en charge: complete."""
    followed = min((until - birth).days, 12 * 365)
    name, number = _doctor(draw, site)
    return {
        "care_site_id": site,
        "inclusion_date": (until - timedelta(days=int(draw.random() * followed))).isoformat(),
        "out_of_label": draw.random() < 0.05,
        "referring_doctor_name": name,
        "referring_doctor_rpps": number,
        "referred_by": [coded("prise_en_charge", "referred_by", draw.choice(REFERRERS))],
    }


def invent_visits(draw: Random, site: str, inclusion: date, until: date) -> Iterator[dict[str, Any]]:
    """The first one sets the follow-up up; the others come every few months."""
    day, objectives = inclusion, [DIAGNOSIS, SETTING_UP]
    for _ in range(draw.choice((1, 1, 2, 2, 3, 4, 6, 8))):
        yield _visit(draw, site, day, objectives)
        day += timedelta(days=draw.randrange(60, 500))
        objectives = draw.choice(([FOLLOW_UP], [FOLLOW_UP], [FOLLOW_UP, EDUCATION]))
        if day > until:
            return


def _visit(draw: Random, site: str, day: date, objectives: list[str]) -> dict[str, Any]:
    name, number = _doctor(draw, site)
    (context,) = draw.choices((CONSULTATION, REMOTE, DAY_HOSPITAL, STAY, MEETING), (60, 12, 15, 5, 8))
    (profession,) = draw.choices((PHYSICIAN, COUNSELLOR, NURSE), (80, 10, 10))
    return {
        "activity_site_id": site,
        "activity_date": day.isoformat(),
        "activity_context": coded("activite", "activity_context", context),
        "activity_objectives": [coded("activite", "activity_objectives", objective) for objective in objectives],
        "activity_performer_name": name,
        "activity_performer_rpps": number,
        "activity_performer_profession": coded("activite", "activity_performer_profession", profession),
    }


def _doctor(draw: Random, site: str) -> tuple[str, str]:
    """One of the few professionals of the site: name, RPPS."""
    number = crc32(site.encode()) % 10_000 * DOCTORS_OF_A_SITE + draw.randrange(DOCTORS_OF_A_SITE)
    given = (GIVEN_NAMES["F"] + GIVEN_NAMES["M"])[number % 97 % len(GIVEN_NAMES["F"] + GIVEN_NAMES["M"])]
    return f"{given} {FAMILY_NAMES[number % len(FAMILY_NAMES)]}", rpps(number)
