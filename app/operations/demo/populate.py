"""Fill a hospital with invented patients, fast: many fiches per statement, through the rows of the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import audit
from app.clock import now
from app.fiches.models import identifier
from app.fiches.rows import Rows, changed_rows
from app.fiches.store import write
from app.operations.demo.patients import Place, invent
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital

AT_ONCE = 250
"""Fiches per transaction: beyond, the JSON of a statement grows and nothing gets faster."""


class CannotPopulate(ValueError):
    """The sentence is French and says what to do next."""


def populate(
    hospital: Hospital, patients: int, until: date | None = None, *, only_if_empty: bool = False
) -> Iterator[int]:
    """Adds that many patients, following those added before; yields how many it has added as it goes.
    Raises CannotPopulate."""
    if not hospital.sites:
        raise CannotPopulate(f"L’établissement {hospital.code} n’a pas de site : en ajouter avec « sites add ».")
    place = Place(hospital.code, sorted(hospital.sites), hospital.ipp_oid or "", until or now().date())
    with hospital_session(hospital.code) as session:
        first = invented(session, hospital)
    if only_if_empty and first:
        return
    for start in range(first, first + patients, AT_ONCE):
        end = min(start + AT_ONCE, first + patients)
        with hospital_session(hospital.code) as session:
            write(session, _rows(place, range(start, end)))
            audit.record(session, actor="system", action="demo.populate", detail={"patients": end - start})
        yield end - first


def invented(session: Session, hospital: Hospital) -> int:
    """How many patients were invented here: their IPP are D00000000, D00000001…"""
    numbered = identifier.c.extension.regexp_match("^D[0-9]{8}$")
    last = session.scalar(
        select(func.max(identifier.c.extension)).where(identifier.c.root == (hospital.ipp_oid or ""), numbered)
    )
    return int(last[1:]) + 1 if last else 0


def _rows(place: Place, numbers: range) -> Rows:
    rows: Rows = defaultdict(list)
    for number in numbers:
        invented = invent(place, number)
        for table, lines in changed_rows(invented.fiche, invented.stamp, invented.stamp.at).items():
            rows[table] += lines
    return rows
