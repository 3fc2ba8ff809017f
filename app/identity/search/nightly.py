"""Search one hospital for two fiches of one person, and raise an alert for each suggestion. Nothing merges by itself.

A search that is cut short loses nothing: its alerts are kept a few at a time, and none is raised twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import Session

from app import clock
from app.fiches.alerts import add_alerts
from app.fiches.record import Alert
from app.identity.models import duplicate_search as table
from app.identity.search.levels import MODEL
from app.identity.search.people import Person, person
from app.identity.search.verdict import SUGGESTED_FROM, compare, is_suggested
from app.sdm.identity import Identifier
from app.tenants.bind import hospital_session

AT_ONCE = 100
LATELY = timedelta(hours=20)
EXPLANATION = "La recherche de doublons rapproche ces deux fiches : leurs traits d’identité se ressemblent trop."


class Standing(Enum):
    """Of the search of one night."""

    DUE = "due"
    UNDER_WAY = "under way"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search found: fiches read, pairs weighed enough, alerts asked for."""

    fiches: int
    candidates: int
    suggested: int


def search(hospital_code: str) -> Searched:
    """Raises UnknownHospital."""
    with hospital_session(hospital_code) as session:  # committed first: a search that fails has had its turn
        started = session.execute(insert(table).values(model=MODEL).returning(table.c.id)).scalar_one()
    with hospital_session(hospital_code) as session:
        people = list(_people(session))
    pairs, candidates = suggested(people)
    for start in range(0, len(pairs), AT_ONCE):
        _alert(hospital_code, pairs[start : start + AT_ONCE])
    found = Searched(len(people), candidates, len(pairs))
    told = {"fiches": found.fiches, "candidates": found.candidates, "suggested": found.suggested}
    with hospital_session(hospital_code) as session:
        session.execute(update(table).where(table.c.id == started).values(finished_at=clock.now(), **told))
    return found


def standing(session: Session, longest: timedelta) -> Standing:
    """Where the search of this night stands; one that is still not over after `longest` never will be."""
    lately = select(table.c.asked_at, table.c.finished_at, table.c.failure).order_by(table.c.id.desc()).limit(1)
    last, now = session.execute(lately).one_or_none(), clock.now()
    if last is None or last.asked_at < now - LATELY:
        return Standing.DUE
    ended = last.finished_at or last.failure or last.asked_at < now - longest
    return Standing.OVER if ended else Standing.UNDER_WAY


def note_failure(hospital_code: str, why: str) -> None:
    """`why` names nobody. The first reason stays."""
    unfinished = table.c.finished_at.is_(None) & table.c.failure.is_(None)
    last = select(func.max(table.c.id)).scalar_subquery()
    with hospital_session(hospital_code) as session:
        session.execute(update(table).where(table.c.id == last, unfinished).values(failure=why))


def _people(session: Session) -> Iterator[Person]:
    """The born patients; a fetus is known by its mother, and is nobody's duplicate by its traits."""
    for row in session.execute(_TRAITS, execution_options={"yield_per": 1000}):
        known = [Identifier(kind, root, number) for kind, root, number in row.identifiers or ()]
        yield person(row.id, row.traits, known)


def suggested(people: Sequence[Person]) -> tuple[list[tuple[str, str, float]], int]:
    """The pairs to tell of with their weight in bits, and how many weighed enough."""
    from app.identity.search.linkage import scored_pairs  # a hundred megabytes, for this alone

    by_id, candidates, found = {one.fiche_id: one for one in people}, 0, []
    for one, other, weight in scored_pairs(people, SUGGESTED_FROM):
        candidates += 1
        pair = by_id[one], by_id[other]
        if is_suggested(*pair, compare(*pair)):
            found.append((one, other, weight))
    return found, candidates


def _alert(hospital_code: str, pairs: Sequence[tuple[str, str, float]]) -> None:
    """A mother and her child are two people; and a fiche may have been merged since it was read."""
    with hospital_session(hospital_code) as session:
        for one, other, weight in pairs:
            if not session.scalar(_NOT_TO_TELL, {"one": one, "other": other}):
                alert = Alert("possible_duplicate", EXPLANATION, other, one, weight)
                add_alerts(session, None, one, [alert])


_TRAITS = text("""
    select cast(f.id as text) as id, jsonb_strip_nulls(jsonb_build_object(
            'birth_family_name', f.answers -> 'birth_family_name', 'used_family_name', f.answers -> 'used_family_name',
            'birth_first_given_name', f.answers -> 'birth_first_given_name',
            'birth_given_names', f.answers -> 'birth_given_names', 'used_given_name', f.answers -> 'used_given_name',
            'sex', f.answers -> 'sex', 'birth_date', f.answers -> 'birth_date',
            'birth_commune_code', f.answers -> 'birth_commune_code',
            'multiple_birth_order', f.answers -> 'multiple_birth_order')) as traits,
        (select json_agg(json_build_array(i.kind, i.root, i.extension)) from identifier i
         where i.fiche_id = f.id and i.kind in ('ins', 'ipp')) as identifiers
    from fiche f where f.kind = 'born' and f.merged_into is null and not f.draft order by f.id
""")
_NOT_TO_TELL = text("""
    select exists (select from fetus where (fiche_id = :one and subject_id = :other)
                                        or (fiche_id = :other and subject_id = :one))
        or exists (select from fetus a join fetus b on b.parent_id = a.parent_id
                   where a.subject_id = :one and b.subject_id = :other)
        or exists (select from fiche where id in (:one, :other) and merged_into is not null)
""")
