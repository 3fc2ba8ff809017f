"""Tell the problems of the fiches whose problems nobody told: those of before the work list, and those that a former
version of the code wrote. Their version and their date stay: nobody changed them."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.fiches import statements
from app.fiches.lists.statements import FOLLOW
from app.fiches.record import Fiche
from app.fiches.rows import Row, told
from app.fiches.store import StoredFiches
from app.tenants.bind import hospital_session
from app.tenants.each import in_each

AT_ONCE = 200
"""Fiches per transaction: their rows are locked meanwhile."""


def tell_all() -> None:
    """In every hospital."""
    in_each(lambda hospital: tell_those_of(hospital.code))


def tell_those_of(hospital_code: str) -> int:
    number = 0
    while True:
        with hospital_session(hospital_code) as session:
            some = tell_some(session)
        number += some
        if some < AT_ONCE:
            return number


def tell_some(session: Session) -> int:
    ids = [str(one) for one in session.execute(_UNTOLD, {"most": AT_ONCE}).scalars()]
    if ids:
        rows = [_row(fiche) for fiche in StoredFiches(session).read_several(ids)]
        for statement in (statements.TELL, FOLLOW):
            session.execute(statement, {"rows": statements.encode(rows)})
    return len(ids)


def _row(fiche: Fiche) -> Row:
    return {"id": fiche.id, **told(fiche)}


_UNTOLD = text("select id from fiche where problems is null order by id limit :most for update skip locked")
