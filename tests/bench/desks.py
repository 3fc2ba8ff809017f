"""Desks: a clinician signed in to a hospital of so many fiches, with the addresses that a browser would ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import psycopg
from sqlalchemy import text

from app.accounts.people import create_person
from app.accounts.sessions import rows as session_rows
from app.cda import inbox
from app.operations.demo.described import SITE
from app.operations.demo.populate import populate
from app.tenants.bind import hospital_session, shared_session
from app.tenants.hospital import Hospital
from tests.bench.client import Answers, exchange, request
from tests.bench.instance import Instance, RunFailed
from tests.bench.patients import bench_hospital, document_of, feed

HOST = "bench.bamara.example"
DOCUMENTS = 30
FIRST_OF_DOCUMENTS = 900_000


@dataclass(frozen=True)
class Desk:
    """`fiches` were invented; `full` are those of documents of about 90 kB with every section filled; `names` are the
    family and given names of the invented ones."""

    hospital: Hospital
    size: int
    headers: dict[str, str]
    fiches: Sequence[str]
    full: Sequence[str]
    names: Mapping[str, tuple[str, str]]

    def get(self, path: str) -> bytes:
        return request("GET", path, self.headers)

    def post(self, path: str, fields: Mapping[str, str | list[str]]) -> bytes:
        told = {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"https://{HOST}{path}"}
        return request("POST", path, {**self.headers, **told}, urlencode(fields, doseq=True).encode())


def open_desk(here: Instance, size: int) -> Desk:
    hospital = bench_hospital(f"S{size}")
    for _ in populate(hospital, size):
        pass
    feed(hospital, [document_of(FIRST_OF_DOCUMENTS + number) for number in range(DOCUMENTS)])
    inbox.drain(hospital.code)
    with psycopg.connect(here.settings.database_url, autocommit=True) as owner:
        owner.execute("vacuum analyze")
    headers = {"Host": HOST, "Cookie": f"__Host-bamara={_sign_in(hospital)}"}
    with hospital_session(hospital.code) as session:
        names = {row.id: (row.family, row.given) for row in session.execute(text(INVENTED), {"site": SITE})}
        full = session.scalars(text(RECEIVED), {"site": SITE}).all()
    return Desk(hospital, size, headers, [*names], full, names)


def ask(here: Instance, requests: Sequence[bytes], connections: int = 1, *, status: int = 200) -> Answers:
    """Raises RunFailed unless every answer has this status."""
    answers = exchange((here.settings.host, here.settings.port), requests, connections)
    if set(answers.statuses) != {status}:
        raise RunFailed(f"{requests[0].splitlines()[0].decode()} answered {dict(answers.statuses)}")
    return answers


def is_up(here: Instance) -> bool:
    try:
        return bool(exchange((here.settings.host, here.settings.port), [request("GET", "/healthz", {"Host": HOST})]))
    except OSError:
        return False


def _sign_in(hospital: Hospital) -> str:
    """A session as the one-time code leaves it; returns its token."""
    token, email = session_rows.new_token(), f"clinicien@{hospital.code.lower()}.example"
    with shared_session() as session:
        account = create_person(
            session,
            email=email,
            name="Claire Martin",
            profession="medecin",
            password="Mesure-2026!",
            role="clinician",
            hospital_code=hospital.code,
            sites=(SITE,),
        )
        session_rows.start(
            session,
            None,
            session_rows.hash_of(token),
            stage="signed_in",
            factor="mail",
            data={},
            account_id=account,
            hospital=hospital.code,
            site=SITE,
        )
    return token


INVENTED = """
select p.fiche_id::text as id,
    coalesce(f.answers ->> 'birth_family_name', f.answers ->> 'mother_birth_family_name', '') as family,
    coalesce(f.answers ->> 'birth_first_given_name', f.answers ->> 'mother_birth_first_given_name', '') as given
from prise_en_charge p join fiche f on f.id = p.fiche_id
where p.site = :site and f.last_document_id is null
"""
RECEIVED = """
select p.fiche_id::text from prise_en_charge p join fiche f on f.id = p.fiche_id
where p.site = :site and f.last_document_id is not null
"""
