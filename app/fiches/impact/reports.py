"""Reports over every hospital: asked by the national team, computed a little at a time by the scheduler, kept in
`control` with protected counts."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator
from time import monotonic
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app import clock
from app.definitions.editions import Step
from app.definitions.keep import as_described, step_in
from app.definitions.models import DefinitionEdition, DefinitionImpact
from app.fiches.impact.stream import weighing
from app.fiches.impact.tally import Tally, as_report
from app.tenants.bind import shared_session
from app.tenants.directory import all_hospitals

log = logging.getLogger(__name__)
SECONDS = 0.5
"""Of work at a time: what else the scheduler does waits no longer."""
Report = dict[str, Any]


def ask(session: Session, edition: DefinitionEdition, *, by: str) -> None:
    """Once: a report that waits already is enough."""
    waiting = select(DefinitionImpact.id).where(
        DefinitionImpact.edition_id == edition.id, DefinitionImpact.state.in_(("asked", "running"))
    )
    if session.scalar(waiting.limit(1)) is None:
        session.add(DefinitionImpact(edition_id=edition.id, asked_by=by))
        session.flush()


def keep(session: Session, edition: DefinitionEdition, report: Report, *, by: str) -> None:
    """A report computed at once, by a command."""
    now = clock.now()
    row = DefinitionImpact(edition_id=edition.id, asked_by=by, state="done", started_at=now, finished_at=now)
    row.report = report
    session.add(row)
    session.flush()


def weigh_everywhere(step: Step, *, actor: str) -> Generator[tuple[str, int], None, Report]:
    """Yields (hospital, fiches read) after each page; returns {"fiches", "effets", "items", "hopitaux": {code: …},
    "illisibles": the codes of those that could not be read}. Invented patients of test twins are nobody's."""
    nation, hospitals, unreadable = Tally(), {}, []
    for hospital in (one for one in all_hospitals() if one.twin_of is None):
        tally = Tally()
        try:
            for read in weighing(hospital.code, step, tally, actor=actor):
                yield hospital.code, read
        except SQLAlchemyError as failure:
            log.error("%s could not be read: %s", hospital.code, type(failure).__name__)
            unreadable.append(hospital.code)
        else:
            hospitals[hospital.code] = as_report(tally)
            nation.join(tally)
    return {**as_report(nation), "hopitaux": hospitals, "illisibles": unreadable}


class Reporter:
    """Computes what was asked, a page of fiches after the other. One per scheduler: what another left half way when it
    stopped is begun anew."""

    def __init__(self) -> None:
        self.work: Iterator[object] | None = None
        self.started = False

    def advance(self) -> None:
        if not self.started:
            _run(_BEGIN_ANEW)
            self.started = True
        if self.work is None and (number := _run(_TAKE)) is not None:
            self.work = _compute(number)
        until = monotonic() + SECONDS
        for _ in self.work or ():
            if monotonic() >= until:
                return
        self.work = None


def _compute(number: int) -> Iterator[object]:
    with shared_session() as session:
        report = session.get_one(DefinitionImpact, number)
        edition = session.get_one(DefinitionEdition, report.edition_id)
        step, actor = step_in(session, as_described(edition)), report.asked_by
    try:
        told = yield from weigh_everywhere(step, actor=actor)
    except Exception as accident:  # noqa: BLE001 - one report that fails must not stop those that wait
        log.error("impact report %s failed: %s", number, type(accident).__name__)
        _finish(number, "failed", {})
    else:
        _finish(number, "done", told)


def _finish(number: int, state: str, report: Report) -> None:
    with shared_session() as session:
        row = session.get_one(DefinitionImpact, number)
        row.state, row.report, row.finished_at = state, report, clock.now()


def _run(statement: Any) -> int | None:
    with shared_session() as session:
        found = session.execute(statement).first()
        return int(found[0]) if found else None


_BEGIN_ANEW = text("update control.definition_impact set state = 'asked' where state = 'running' returning id")
_TAKE = text("""
    update control.definition_impact set state = 'running', started_at = now()
    where id = (select id from control.definition_impact where state = 'asked' order by id limit 1)
    returning id
""")
