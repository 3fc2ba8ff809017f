"""Sessions of several hospitals on one pool, ended in every way a session can end (A3): what a bad day looks like."""

from __future__ import annotations

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.clock import new_id
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from app.tenants.placement import placed

WHO = "select current_user, current_schema(), coalesce((select string_agg(distinct idmr, ',') from fiche), '')"
MARK = """
insert into fiche (id, kind, origin, quality, answers, provenance, version, idmr)
values (:id, 'born', 'web', 'draft', '{}', '{}', 1, :mark)
"""
ENDINGS = ("commit", "commit", "commit", "rollback", "sql error", "python error", "backend killed")


class OnPurpose(Exception):
    """The error of a request that goes wrong."""


def mark(hospital: Hospital) -> None:
    """One fiche that names its hospital: what another one must never see."""
    with hospital_session(hospital.code) as session:
        session.execute(text(MARK), {"id": new_id(), "mark": hospital.code})


def carried_over(hospitals: Sequence[Hospital], *, threads: int, sessions: int, seed: int) -> list[str]:
    """What was seen of another hospital, or left on a connection: expected empty."""
    with ThreadPoolExecutor(threads) as pool:
        found = pool.map(lambda n: _one_thread(hospitals, sessions, random.Random(seed + n)), range(threads))
        return [leak for leaks in found for leak in leaks]


def _one_thread(hospitals: Sequence[Hospital], sessions: int, chance: random.Random) -> list[str]:
    leaks = []
    for _ in range(sessions):
        hospital, ending = chance.choice(hospitals), chance.choice(ENDINGS)
        try:
            with hospital_session(hospital.code) as session:
                seen = tuple(session.execute(text(WHO)).one())
                leaks += [] if seen == (hospital.role, hospital.schema, hospital.code) else [f"{hospital.code}: {seen}"]
                _end(session, ending)
        except (OnPurpose, DBAPIError):
            pass
        leaks += _left_on_a_connection() if chance.random() < 0.2 else []
    return leaks


def _end(session: Session, ending: str) -> None:
    match ending:
        case "rollback":
            session.rollback()
        case "sql error":
            session.execute(text("select 1 / 0"))
        case "python error":
            raise OnPurpose
        case "backend killed":
            backend = session.execute(text("select pg_backend_pid()")).scalar_one()
            with placed().owner.begin() as owner:
                owner.execute(text("select pg_terminate_backend(:backend)"), {"backend": backend})
            session.execute(text("select 1"))


def _left_on_a_connection() -> list[str]:
    """A connection fresh from the pool is nobody's."""
    with placed().door.connect() as connection:
        seen = tuple(connection.execute(text("select current_user, current_setting('search_path')")).one())
    return [] if seen == (placed().login, "pg_catalog") else [f"pool: {seen}"]
