"""Invented people who ask for an account, so that the consoles have something to decide on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.sign_in.passwords import hash_password
from app.clock import new_id, now
from app.operations.announce import DEMO_PASSWORD
from app.operations.demo.people import rpps
from app.tenants.bind import shared_session


@dataclass(frozen=True, slots=True)
class Request:
    """`waited`: since the address was confirmed; since the request when `confirmed` is false. `doctor`: the number of
    an invented RPPS."""

    email: str
    civility: str
    given_name: str
    family_name: str
    profession: str
    sites: tuple[str, ...]
    waited: timedelta
    confirmed: bool = True
    doctor: int | None = None


REQUESTS = (
    Request(
        "pascale.lefort@demo.bamara.example", "madame", "Pascale", "Lefort", "paramedical",
        ("H001:S001",), timedelta(days=12),
    ),
    Request(
        "nadir.belkacem@demo.bamara.example", "monsieur", "Nadir", "Belkacem", "medecin",
        ("H001:S002", "H001:S003"), timedelta(days=3, hours=4), doctor=4107,
    ),
    Request(
        "c.martin@demo.bamara.example", "madame", "Camille", "Martin", "medecin",
        ("H001:S001",), timedelta(hours=6),
    ),
    Request(
        "lise.aubry@demo.bamara.example", "madame", "Lise", "Aubry", "conseiller_genetique",
        ("H001:S001", "H002:S101"), timedelta(days=1, hours=2),
    ),
    Request(
        "theo.garnier@demo.bamara.example", "monsieur", "Théo", "Garnier", "arc_tec",
        ("H001:S004",), timedelta(hours=2), confirmed=False,
    ),
)  # fmt: skip


def create_requests() -> None:
    """Safe to call again: whoever was accepted or refused meanwhile stays so."""
    with shared_session() as session:
        for request in REQUESTS:
            _create(session, request)


def _create(session: Session, request: Request) -> None:
    since = now() - request.waited
    created = session.execute(
        _ADD,
        {
            "id": new_id(),
            "email": request.email,
            "civility": request.civility,
            "given": request.given_name,
            "family": request.family_name,
            "profession": request.profession,
            "rpps": rpps(request.doctor) if request.doctor else None,
            "hash": hash_password(DEMO_PASSWORD),
            "state": "confirmed" if request.confirmed else "registered",
            "since": since,
            "confirmed": since if request.confirmed else None,
        },
    ).scalar_one_or_none()
    if created:
        session.execute(_ADD_SITES, {"account": created, "sites": list(request.sites)})


_ADD = text("""
    insert into control.account (id, email, civility, given_name, family_name, profession, rpps, password_hash, state,
        created_at, terms_accepted_at, confirmed_at, deciders_told_at)
    values (:id, :email, :civility, :given, :family, :profession, :rpps, :hash, :state, :since, :since, :confirmed,
        :confirmed)
    on conflict (email) do nothing returning id
""")
_ADD_SITES = text("""
    insert into control.account_site (account_id, hospital_id, site_code)
    select :account, s.hospital_id, s.code
    from control.site s join control.hospital h on h.id = s.hospital_id where h.code || ':' || s.code = any(:sites)
    on conflict do nothing
""")
