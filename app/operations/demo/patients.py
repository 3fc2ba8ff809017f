"""Invented patients: plausible, complete or not, and the same whenever the same number is asked for. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from app.fiches.record import BlockRecord, Fiche, Origin, Stamp
from app.operations.demo import people
from app.operations.demo.diseases import coded, invent_diagnosis
from app.operations.demo.visits import invent_care, invent_visits
from app.sdm.identity import Identifier
from app.sdm.oids import COMMUNES as COMMUNE_CODES
from app.sdm.oids import COUNTRIES
from app.terminology.facts.places import COMMUNES

LONGEST_LIFE = 85
FIRST_MILLISECOND = 1_546_300_800_000
TYPED_BY = ("clinicien@demo.bamara.example", "multi@demo.bamara.example")
FRANCE = {"system": COUNTRIES, "code": "FR", "label": "France"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the patients are followed: a hospital, its sites, the root of its IPP. Nothing happens after `until`."""

    hospital: str
    sites: Sequence[str]
    ipp_oid: str
    until: date


@dataclass(frozen=True, slots=True)
class Invented:
    fiche: Fiche
    stamp: Stamp


def invent(place: Place, number: int) -> Invented:
    """The patient of that number in that hospital, with the stamp of their last edit."""
    draw = Random(f"{place.hospital}:{number}")  # noqa: S311 - reproducible on purpose
    birth = _birth(draw, place.until)
    ids = _ids(draw, number)
    fiche = _fiche(draw, next(ids))
    stamp = _stamp(draw, place, birth, fiche.origin)
    fiche.patient.answers = _identity(draw, birth)
    _name_identifiers(draw, fiche, place, number, birth)
    _follow(draw, ids, fiche, place, birth)
    _spoil(draw, fiche, birth)
    for block in fiche.all_blocks():
        block.stamps = dict.fromkeys(block.answers, stamp)
    return Invented(fiche, stamp)


def _birth(draw: Random, until: date) -> date:
    """Children are more numerous in the centres than in the country."""
    age = draw.triangular(0.2, LONGEST_LIFE, 9)
    return until - timedelta(days=round(age * 365.25))


def _fiche(draw: Random, fiche_id: str) -> Fiche:
    origin: Origin = "import" if draw.random() < 0.25 else "web"
    return Fiche(fiche_id, "born", origin, BlockRecord("patient", fiche_id, origin))


def _stamp(draw: Random, place: Place, birth: date, origin: Origin) -> Stamp:
    """Typed the day before `until` at the latest, whose working hours are over: nothing is typed in the future."""
    days = min((place.until - birth).days, 5 * 365)
    day = place.until - timedelta(days=1 + int(draw.random() ** 2 * days))
    at = datetime(day.year, day.month, day.day, draw.randrange(8, 18), draw.randrange(60), tzinfo=UTC)
    return Stamp(origin, at.isoformat(), by=draw.choice(TYPED_BY) if origin == "web" else None)


def _identity(draw: Random, birth: date) -> dict[str, Any]:
    sex = draw.choice("FM")
    given = draw.choice(people.GIVEN_NAMES[sex])
    born_in, lives_in = draw.choice(list(COMMUNES)), draw.choice(list(COMMUNES))
    answers: dict[str, Any] = {
        "birth_family_name": draw.choice(people.FAMILY_NAMES),
        "birth_first_given_name": given,
        "birth_given_names": f"{given} {draw.choice(people.GIVEN_NAMES[sex])}",
        "sex": coded("patient", "sex", sex),
        "birth_date": birth.isoformat(),
        "birth_commune_code": _commune(born_in),
        "birth_country_code": FRANCE,
        "residence_commune_code": _commune(lives_in),
        "residence_country_code": FRANCE,
        "data_reuse_opposition": draw.random() < 0.03,
        "deceased": draw.random() < 0.04,
        "contact_for_protocol": draw.random() < 0.6,
    }
    if sex == "F" and draw.random() < 0.25:
        answers["used_family_name"] = draw.choice(people.FAMILY_NAMES)
    return answers


def _commune(code: str) -> dict[str, str]:
    return {"system": COMMUNE_CODES, "code": code, "label": COMMUNES[code]}


def _name_identifiers(draw: Random, fiche: Fiche, place: Place, number: int, birth: date) -> None:
    answers: dict[str, Any] = fiche.patient.answers
    fiche.add_identifier(Identifier("ipp", place.ipp_oid, f"D{number:08}"))
    if draw.random() < 0.7:
        commune = answers["birth_commune_code"]["code"]
        fiche.add_identifier(people.ins(draw, answers["sex"]["code"], birth, commune))


def _follow(draw: Random, ids: Iterator[str], fiche: Fiche, place: Place, birth: date) -> None:
    """Between one and three sites, each with its visits; mostly one diagnosis."""
    sites = draw.sample(place.sites, min(len(place.sites), draw.choice((1, 1, 1, 2, 2, 3))))
    for site in sites:
        care = invent_care(draw, site, birth, place.until)
        fiche.prises_en_charge.append(_block(draw, next(ids), fiche, "prise_en_charge", care, site=site))
        visits = invent_visits(draw, site, date.fromisoformat(care["inclusion_date"]), place.until)
        fiche.activites += [_block(draw, next(ids), fiche, "activite", visit) for visit in visits]
    age = int((place.until - birth).days / 30.5)
    for _ in range(draw.choice((1, 1, 1, 1, 2))):
        fiche.diagnostics.append(_block(draw, next(ids), fiche, "diagnostic", invent_diagnosis(draw, age)))
    if fiche.patient.answers["deceased"]:
        fiche.patient.answers["death_date"] = place.until.isoformat()


def _block(
    draw: Random, block_id: str, fiche: Fiche, name: str, answers: dict[str, Any], site: str | None = None
) -> BlockRecord:
    block = BlockRecord(name, block_id, fiche.origin, answers, site=site)
    if fiche.origin == "import" and name != "prise_en_charge":
        block.source_id = Identifier("source_id", "CEMARA", str(draw.randrange(10**9)))
        block.source_key = f"cemara|{block.source_id.extension}"
    return block


def _spoil(draw: Random, fiche: Fiche, birth: date) -> None:
    """Seven fiches in ten are complete; the others lack something, contradict themselves or are drafts."""
    match draw.choices(("complete", "incomplete", "to_correct", "draft"), (70, 19, 6, 5))[0]:
        case "incomplete":
            block = draw.choice((fiche.prises_en_charge[0], fiche.diagnostics[0]))
            del block.answers[draw.choice(REQUIRED[block.block])]
        case "to_correct":
            fiche.prises_en_charge[0].answers["inclusion_date"] = (birth - timedelta(days=800)).isoformat()
        case "draft":
            fiche.draft = True
            fiche.activites.clear()


REQUIRED = {
    "prise_en_charge": ("out_of_label", "referring_doctor_name", "referred_by"),
    "diagnostic": ("diagnosis_status", "diagnosis_appraisal_at_entry", "onset_period"),
}


def _ids(draw: Random, number: int) -> Iterator[str]:
    """UUIDv7 that the number of the patient decides, in its order: indexes like ids that follow each other."""
    for milliseconds in count(FIRST_MILLISECOND + number * 1000):
        rest = f"{draw.getrandbits(80):020x}"
        time = f"{milliseconds:012x}"
        yield f"{time[:8]}-{time[8:]}-7{rest[:3]}-8{rest[4:7]}-{rest[8:]}"
