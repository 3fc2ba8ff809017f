"""Reports: asked by the national team, computed over every hospital, kept in `control` with protected counts."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app import clock
from app.definitions.editions import Step
from app.definitions.keep import as_described, step_in
from app.definitions.models import DefinitionEdition
from app.definitions.models import DefinitionImpact as DefinitionImpact
from app.fiches.impact.stream import weigh_hospital
from app.fiches.impact.tally import Tally, as_report
from app.tenants.bind import shared_session
from app.tenants.directory import all_hospitals

log = logging.getLogger(__name__)
Tell = Callable[[str, int], object]


def ask(session: Session, edition: DefinitionEdition, *, by: str) -> int:
    """The report's number; the one that waits already, when one does."""
    waiting = select(DefinitionImpact.id).where(
        DefinitionImpact.edition_id == edition.id, DefinitionImpact.state.in_(("asked", "running"))
    )
    if known := session.scalar(waiting):
        return known
    row = DefinitionImpact(edition_id=edition.id, asked_by=by)
    session.add(row)
    session.flush()
    return row.id


def compute_asked(tell: Tell = lambda _code, _fiches: None) -> list[int]:
    """Every report that waits, one after the other; the numbers of those that were computed."""
    computed = []
    while (number := _take_one()) is not None:
        _finish(number, *_computed(number, tell))
        computed.append(number)
    return computed


def weigh_everywhere(step: Step, *, actor: str, tell: Tell = lambda _code, _fiches: None) -> dict[str, Any]:
    """{"fiches", "effets", "items", "hopitaux": {code: report}}: counts protected, hospital by hospital."""
    nation, hospitals = Tally(), {}
    for hospital in all_hospitals():
        code = hospital.code
        tally = weigh_hospital(code, step, actor=actor, tell=lambda read, code=code: tell(code, read))  # type: ignore[misc]
        hospitals[code] = as_report(tally)
        nation.join(tally)
    return {**as_report(nation), "hopitaux": hospitals}


def _computed(number: int, tell: Tell) -> tuple[str, dict[str, Any]]:
    with shared_session() as session:
        report = session.get_one(DefinitionImpact, number)
        edition = session.get_one(DefinitionEdition, report.edition_id)
        step, actor = step_in(session, as_described(edition)), report.asked_by
    try:
        return "done", weigh_everywhere(step, actor=actor, tell=tell)
    except Exception as accident:  # noqa: BLE001 - one report that fails must not stop those that wait
        log.error("impact report %s failed: %s", number, type(accident).__name__)
        return "failed", {}


def _take_one() -> int | None:
    """The oldest that waits, or that a process left half way: it is computed anew."""
    with shared_session() as session:
        return session.scalar(_TAKE)


def _finish(number: int, state: str, report: dict[str, Any]) -> None:
    with shared_session() as session:
        row = session.get_one(DefinitionImpact, number)
        row.state, row.report, row.finished_at = state, report, clock.now()


_TAKE = text("""
    update control.definition_impact set state = 'running', started_at = now()
    where id = (select id from control.definition_impact
        where state = 'asked' or (state = 'running' and started_at < now() - interval '6 hours')
        order by id limit 1 for update skip locked)
    returning id
""")
