"""Numbered patients, their documents (about 100 kB, every section filled), and the hospitals that receive them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.cda.document import Entry
from app.cda.receive import Delivery, receive
from app.operations.demo.described import FETUS_OID, FINESS, IPP_OID, PREGNANT_WOMAN, SITE, ins, quantity, source
from app.operations.demo.documents import make_document
from app.sdm.identity import Identifier
from app.structures.sites import add_site
from app.tenants.bind import hospital_session
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital
from app.tenants.open import open_hospital

CHANNEL = "command"
ACTIVITIES = 7
AT_A_TIME = 50
_WOMAN: dict[str, Any] = dict(PREGNANT_WOMAN.patient)


def bench_hospital(code: str) -> Hospital:
    """It owns the FINESS, the OIDs and the site of the documents, and accepts their test INS."""
    opened = open_hospital(
        code, f"Hôpital {code}", finess=(FINESS,), ipp_oid=IPP_OID, fetus_oid=FETUS_OID, test_site=True
    )
    add_site(opened.code, SITE, "Site mesuré", "crmr_coo", None)
    return find_hospital(opened.code)


def document_of(number: int, version: int = 1) -> bytes:
    """The document of the `number`-th patient. The next version says one activity more, another weight and another
    address; the rest is said again, as senders do."""
    described = replace(
        PREGNANT_WOMAN,
        document_id=f"1.2.250.1.999.7.{number}.{version}",
        set_id=f"1.2.250.1.999.8.{number}",
        version_number=version,
        effective_at=PREGNANT_WOMAN.effective_at and PREGNANT_WOMAN.effective_at + timedelta(days=version),
        identifiers=(ins(f"{2910369000000 + number}"), Identifier("ipp", IPP_OID, f"{number:08}")),
        patient=_patient(number, version),
        activites=_activities(number, ACTIVITIES + version - 1),
        diagnostics=_diagnoses(number),
        grossesses=(),
    )
    return make_document(described)


def feed(hospital: Hospital, bodies: list[bytes]) -> None:
    """Into the inbox, as reception leaves them; nobody is told yet."""
    for start in range(0, len(bodies), AT_A_TIME):
        with hospital_session(hospital.code) as session:
            for body in bodies[start : start + AT_A_TIME]:
                receive(session, hospital, Delivery(CHANNEL, body))


def _patient(number: int, version: int) -> dict[str, Any]:
    return _WOMAN | {
        "birth_family_name": f"VALMONT {_in_letters(number)}",
        "birth_date": f"{1940 + number % 60}-{1 + number % 12:02}-{1 + number % 28:02}",
        "birth_weight": quantity(3000 + version, "g"),
        "residence_house_number": str(version),
    }


def _activities(number: int, count: int) -> tuple[Entry, ...]:
    model = PREGNANT_WOMAN.activites[0]
    return tuple(
        replace(
            model, answers=model.answers | {"activity_date": f"20{10 + place}-03-18"}, source_id=_own(number, place)
        )
        for place in range(count)
    )


def _diagnoses(number: int) -> tuple[Entry, ...]:
    model = PREGNANT_WOMAN.diagnostics[0]
    places = (0x80, 0x90)
    return tuple(
        replace(model, source_id=_own(number, place), act_id=_own(number, place + 1), alone_in_act=True)
        for place in places
    )


def _own(number: int, place: int) -> Identifier:
    """An id of the sender's: no two patients share one."""
    return source(number * 256 + place)


def _in_letters(number: int) -> str:
    return "".join(chr(ord("A") + int(digit)) for digit in f"{number:06}")
