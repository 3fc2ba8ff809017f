"""Filling a page as a person does: open it, change a few answers, send it."""

from __future__ import annotations

from html import unescape
from typing import Any

from sqlalchemy import text

from app.fiches.record import Fiche
from app.fiches.store import StoredFiches
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from tests.html_forms import filled_in
from tests.visitors import Visitor

Answers = dict[str, str | list[str]]


def shown(visitor: Visitor, path: str) -> dict[str, list[str]]:
    """What the page at this address would send as it is."""
    response = visitor.client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return filled_in(response.text)


def fill(visitor: Visitor, path: str, answers: Answers, que: str = "enregistrer") -> Any:
    """Open, change, send. Whole dates are typed in the first of their three inputs."""
    return send(visitor, path, shown(visitor, path), answers, que)


def send(visitor: Visitor, path: str, page: dict[str, list[str]], answers: Answers, que: str = "enregistrer") -> Any:
    data = {**page, **{name: said if isinstance(said, list) else [said] for name, said in answers.items()}}
    headers = {"Referer": f"http://localhost{path}"}
    return visitor.client.post(path, data={**data, "que": que}, headers=headers)


def follow(visitor: Visitor, response: Any) -> str:
    assert response.status_code == 302, unescape(response.text)[:3000]
    return unescape(visitor.client.get(response.headers["Location"].partition("#")[0]).text)


def fiche_of(hospital: Hospital, fiche_id: str) -> Fiche:
    with hospital_session(hospital.code) as session:
        return StoredFiches(session).read(fiche_id)


def only_fiche(hospital: Hospital, kind: str = "born") -> Fiche:
    with hospital_session(hospital.code) as session:
        (fiche_id,) = session.execute(text("select id::text from fiche where kind = :kind"), {"kind": kind}).scalars()
        return StoredFiches(session).read(fiche_id)


def versions(hospital: Hospital) -> int:
    with hospital_session(hospital.code) as session:
        return session.execute(text("select count(*) from block_version")).scalar_one()
