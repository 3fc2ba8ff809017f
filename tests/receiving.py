"""A hospital that receives documents, the documents of invented patients, and what its inbox must show afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from app.cda import ingest
from app.cda.document import Entry
from app.cda.receive import Delivery, Received, deliver
from app.operations.demo.described import CHILD_OF_2022, FETUS_OID, FINESS, IPP_OID, SITE, ins
from app.operations.demo.documents import make_document
from app.sdm.identity import Identifier
from app.structures.sites import add_site
from app.tenants.bind import hospital_session
from app.tenants.directory import find_hospital
from app.tenants.hospital import Hospital

CANARY = "KANARIENVOGEL"
"""The family name of every patient here: it must be found nowhere but in the hospital's own records."""
UNKNOWN_SITE = b'"S999"'


def receiving_hospital(open_hospital_for_test: Callable[..., Hospital], **options: Any) -> Hospital:
    """A test site that owns the FINESS, the OIDs and the site of the demonstration's documents."""
    known = {"finess": (FINESS,), "ipp_oid": IPP_OID, "fetus_oid": FETUS_OID, "test_site": True}
    opened = open_hospital_for_test(**known | options)
    add_site(opened.code, SITE, "Site d’essai", "crmr_coo", None)
    return find_hospital(opened.code)


def patient_document(number: int, version: int = 1, activites: tuple[Entry, ...] = (), **answers: Any) -> bytes:
    """The document of the `number`-th patient; each version says something new unless `answers` repeat it."""
    described = replace(
        CHILD_OF_2022,
        edition="2024.01",
        document_id=f"1.2.250.1.999.7.{number}.{version}",
        set_id=f"1.2.250.1.999.8.{number}",
        version_number=version,
        effective_at=CHILD_OF_2022.effective_at and CHILD_OF_2022.effective_at + timedelta(days=version),
        identifiers=(ins(f"{1140538000000 + number}"), Identifier("ipp", IPP_OID, f"IPP-{number}")),
        patient={
            "birth_family_name": f"{CANARY} {_in_letters(number)}",
            "birth_first_given_name": "Gaspard",
            "birth_given_names": "Gaspard Léopold",
            "sex": CHILD_OF_2022.patient["sex"],
            "birth_date": "2014-05-21",
            "birth_weight": {"value": 2000 + version, "unit": "g"},
        }
        | answers,
        activites=activites,
        diagnostics=(),
        technical={},
    )
    return make_document(described)


def send(hospital: Hospital, body: bytes, **more: Any) -> Received:
    return deliver(hospital, Delivery("command", body, **more))


def received(hospital: Hospital, body: bytes, **more: object) -> str:
    document_id = send(hospital, body, **more).document_id
    ingest.settle_all(hospital, [document_id])
    return document_id


def rejected(hospital: Hospital, number: int = 1) -> str:
    """A prise en charge at a site that the hospital does not have (P3)."""
    return received(hospital, patient_document(number).replace(b'"S101"', UNKNOWN_SITE))


def states(hospital: Hospital) -> dict[str, int]:
    """The states that occur, counted; checks that nothing is lost on the way (B7)."""
    counted = ingest.count(hospital)
    received = counted.pop("received")
    assert received == sum(counted.values())
    return {state: number for state, number in counted.items() if number}


def rows(hospital: Hospital, statement: str, **values: Any) -> list[Any]:
    with hospital_session(hospital.code) as session:
        return list(session.execute(text(statement), values))


def number_of(hospital: Hospital, table: str) -> int:
    return int(rows(hospital, f"select count(*) from {table}")[0][0])


def left_behind(hospital: Hospital) -> Counter[str]:
    """How many rows each table of the inbox and of the fiche holds: the trace of every document, whole or absent."""
    tables = ("received_document", "fiche", "journal_line", "outgoing_answer", "audit_event", "prise_en_charge")
    counted = {table: number_of(hospital, table) for table in tables}
    counted["audit_event"] = int(rows(hospital, "select count(*) from audit_event where document_id is not null")[0][0])
    return Counter(counted)


def _in_letters(number: int) -> str:
    return "".join(chr(ord("A") + int(digit)) for digit in str(number))
